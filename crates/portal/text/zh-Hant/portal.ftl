## navigation and capacity

nav-me = 我的事務
nav-clerk = 機構
nav-officer = 部門工作台
nav-services = 服務
nav-dashboard = 運行數字
nav-log = 公開日誌
nav-demo = 示範角色
nav-capacity = 轉換身份
capacity-person = 以個人身份
capacity-clerk = 經辦人，{ $organisation }
capacity-officer = 人員，{ $office }
capacity-title = 以甚麼身份辦事
capacity-lead = 你有多於一個身份。你所做的一切，都會以所選身份記錄。
capacity-current = 你正使用這個身份。
capacity-take-up = 使用這個身份

## what was done: shown above the page that a form leads to

done-signed-out = 你已登出。

## problems

problem-remedy = 可以怎樣做：
problem-section = 依據：{ $section }
problem-home = 返回主頁
problem-sign-in = 登入
problem-capacity = 轉換身份
problem-not-found = 找不到這一頁
    .text = 這個網址沒有內容，或內容不是給你看的。
    .remedy = 請檢查網址，或由主頁重新開始。
problem-wrong-method = 不能這樣使用這個網址
    .text = 這個網址不接受這種要求。
    .remedy = 請由網頁上的按鈕再試。
problem-sign-in-first = 請先登入
    .text = 你未登入，或登入已過時，剛才的動作沒有生效。
    .remedy = 請登入後再做一次。
problem-wrong-capacity = 這一頁不屬於你現時的身份
    .text = 你已登入，但你現時的身份不能使用這一頁。
    .remedy = 如你另有身份，請轉換；否則請由負責的人辦理。
problem-form-not-ours = 這份表格已失效
    .text = 表格不是由你現時的登入發出，剛才的動作沒有生效。
    .remedy = 請返回上一頁，重新載入，再遞交一次。
problem-unknown-format = 內容的格式不對
    .text = 這個網址不接受這種格式的內容。
    .remedy = 請由網頁上的表格遞交。
problem-too-large = 內容太大
    .text = 遞交的內容超過上限，沒有收下。
    .remedy = 名冊請不超過4 MiB，可分成幾個檔案。
problem-too-many = 嘗試太頻密
    .text = 短時間內的嘗試太多。
    .remedy = 請在{ $seconds }秒後再試。
problem-refused = 未獲接納
    .text = 現行規則沒有一條容許這樣做。
    .remedy = 如認為有誤，請聯絡負責部門。
problem-form = 表格有錯漏
    .text = 有欄位漏填或不符合要求，沒有收下。
    .remedy = 請按每欄的提示更正，再遞交。
problem-roster = 讀不到這份名冊
    .text = 整個檔案讀不到，沒有收下任何一行（{ $code }）。
    .remedy = 請下載範本，按欄名填寫，再上載。
problem-erased = 資料已刪除
    .text = 這些個人資料已按要求刪除，不能再讀取。
    .remedy = 紀錄仍在公開日誌，但內容不能還原。
problem-credential = 通行證未能發到這部手機
    .text = 手機送來的密鑰不能使用。
    .remedy = 請重新載入頁面再試，或改用網頁顯示的二維碼。
problem-malformed = 看不明白這個要求
    .text = 送來的內容缺少部分，或不是這一頁的內容。
    .remedy = 請返回上一頁再試。
problem-busy = 系統正忙
    .text = 剛才的要求未及處理，沒有生效。
    .remedy = 請稍後再試一次。
problem-broken = 系統出錯
    .text = 問題出在我們這邊，已記錄，會有人跟進。
    .remedy = 請稍後再試；如仍不行，請聯絡營運中心。

## refusals of the rooms: parties

refusal-person-must-be-known = 沒有編號為{ $person }的人。
    .remedy = 請檢查編號。
refusal-organisation-must-be-known = 沒有編號為{ $organisation }的機構。
    .remedy = 請檢查編號，或先登記機構。
refusal-office-must-be-known = 沒有名為{ $office }的部門。
    .remedy = 請由部門名單選擇。
refusal-person-must-not-be-erased = { $person }的個人資料已刪除。
    .remedy = 如此人再次申請，請重新登記。
refusal-ruled-out = 現行規則不容許這樣做。
    .remedy = 請聯絡負責部門。
refusal-seal-must-be-the-persons-own = 資料不是以當事人的密鑰封存。
    .remedy = 請由網頁重新遞交；如仍出現，請通知營運中心。
refusal-invitation-must-match = 這條連結已用過，或不屬於你。
    .remedy = 請向你的機構索取新連結；如已設定通行密鑰，請直接登入。
refusal-invitation-must-be-in-time = 這條連結已過期。
    .remedy = 請向你的機構索取新連結。
refusal-passkey-must-be-known = 找不到這個通行密鑰。
    .remedy = 請使用已登記的通行密鑰，或索取新連結。
refusal-passkey-must-be-new = 這個通行密鑰已登記。
    .remedy = 你可直接以它登入。
refusal-passkeys-must-be-few = 你的通行密鑰已達上限。
    .remedy = 請先移除一個不再使用的通行密鑰。
refusal-document-must-be-in-force = 證件已過期。
    .remedy = 請填寫有效的證件。
refusal-consent-must-be-on-offer = 沒有這一項同意（{ $consent }，第{ $version }版）。
    .remedy = 條文可能剛更新；請重新載入頁面再看一次。
refusal-consent-must-be-given = 尚未同意所需的資料用途（{ $consent }）。
    .remedy = 請閱讀並同意後再遞交；如不同意，可撤回申請。
refusal-officer-must-be-appointed = 此人沒有獲委任到{ $office }。
    .remedy = 毋須解除。
refusal-clerk-must-be-appointed = 此人不是這個機構的經辦人。
    .remedy = 毋須解除。

## refusals of the rooms: cases

refusal-service-must-be-known = 沒有名為{ $service }的服務。
    .remedy = 請由服務目錄選擇。
refusal-case-must-be-known = 沒有編號為{ $case }的個案。
    .remedy = 請檢查編號。
refusal-leg-must-be-known = 個案{ $case }沒有這一環（{ $leg }）。
    .remedy = 請重新載入個案。
refusal-roster-must-be-known = 沒有編號為{ $roster }的名冊。
    .remedy = 請檢查編號。
refusal-subject-must-be-known = 沒有登記當事人。
    .remedy = 請先登記當事人。
refusal-permit-must-be-known = 沒有編號為{ $permit }的通行證。
    .remedy = 請檢查編號。
refusal-person-must-act = 這一步須由人辦理，不能自動進行。
    .remedy = 請登入後辦理。
refusal-service-must-match-what-it-is-about = 這項服務不能用於這個對象。
    .remedy = 請選擇適合的服務。
refusal-requested-day-must-be-given = 沒有填寫到訪日期。
    .remedy = 請填寫到訪日期。
refusal-requested-day-must-not-be-past = 到訪日期已過。
    .remedy = 請選擇今日或以後的日期。
refusal-case-must-be-the-only-one-open = 同一申請已有未完成的個案（{ $case }）。
    .remedy = 請繼續辦理該個案，或先撤回。
refusal-case-must-be-confirming = 個案{ $case }不在等候本人確認。
    .remedy = 請重新載入，查看現時進度。
refusal-case-must-be-deciding = 個案{ $case }不在審批中。
    .remedy = 請重新載入，查看現時進度。
refusal-case-must-not-be-decided = 個案{ $case }已有結果。
    .remedy = 如情況有變，請另行申請。
refusal-document-must-be-confirmed = 本人尚未確認有效的證件。
    .remedy = 請先核對並確認證件，再遞交。
refusal-leg-must-be-undecided = 這一環（{ $leg }）已由{ $by }於{ $at }作出決定。
    .remedy = 請重新載入，查看結果。
refusal-leg-must-be-open = 這一環（{ $leg }）正等候申請人回覆。
    .remedy = 請待回覆後再處理。
refusal-leg-must-be-asked = 這一環（{ $leg }）沒有待答的問題。
    .remedy = 請重新載入，查看現時進度。
refusal-leg-must-be-left-to-the-rule = 這一環（{ $leg }）不是按規則自動決定。
    .remedy = 請由負責部門人員決定。
refusal-seal-must-be-the-subjects-own = 內容不是以當事人的密鑰封存。
    .remedy = 請由網頁重新遞交；如仍出現，請通知營運中心。

## refusals of the rooms: permits

refusal-holder-must-be-known = 沒有登記持證人（{ $person }）。
    .remedy = 請先登記持證人。
refusal-case-must-not-have-issued = 個案{ $case }已簽發過通行證。
    .remedy = 請使用已簽發的通行證。
refusal-validity-must-end-after-it-begins = 通行證的失效時間早於生效時間。
    .remedy = 請更正有效期。
refusal-permit-must-not-be-revoked = 通行證{ $permit }已撤銷。
    .remedy = 如需過橋，請重新申請。
refusal-permit-must-be-valid = 通行證{ $permit }現時不是有效狀態。
    .remedy = 請重新載入，查看狀態及原因。
refusal-permit-must-be-suspended = 通行證{ $permit }沒有被暫停。
    .remedy = 毋須恢復。
refusal-holder-key-must-be-new = 這條密鑰已綁定。
    .remedy = 可直接使用。
refusal-holder-key-must-be-bound = 這條密鑰沒有綁定。
    .remedy = 請重新載入，查看現有的綁定。
refusal-thumbprint-must-be-well-formed = 密鑰的識別碼不正確。
    .remedy = 請重新載入頁面再試。

## refusals of the rooms: crossings of people

refusal-gate-must-be-known = 沒有名為{ $gate }的閘口。
    .remedy = 請檢查閘口名稱。
refusal-gate-must-stand-where-the-passage-begins = { $gate }不在出發的一岸。
    .remedy = 請使用出發一岸的閘口。
refusal-passage-must-be-open = 過橋紀錄{ $passage }已經完結。
    .remedy = 請重新載入，查看結果。
refusal-referral-must-be-open = { $passage }沒有待人員處理的轉介。
    .remedy = 請重新載入，查看結果。
refusal-watch-must-be-known = 監察名單上沒有{ $watch }。
    .remedy = 請檢查編號。
refusal-gate-must-be-open = { $gate }已經關閉。
    .remedy = 毋須再關閉。
refusal-gate-must-be-closed = { $gate }已經開放。
    .remedy = 毋須再開放。
refusal-traveller-must-be-known = 不知道過橋的是誰。
    .remedy = 請持證人再次出示通行證。

## refusals of the desk

refusal-submission-must-not-be-empty = 沒有內容可以遞交。
    .remedy = 請填寫後再遞交。
refusal-submission-must-be-small = 一次遞交的紀錄超過{ $events_max }項。
    .remedy = 請分幾次遞交。
refusal-event-must-be-small = 其中一項內容太長。
    .remedy = 請縮短後再遞交。
refusal-clock-must-not-go-back = 系統時鐘比日誌最後一項還早。
    .remedy = 請稍後再試；營運人員須校正時鐘。
refusal-platform-must-act = 這一步只由平台自行辦理。
    .remedy = 毋須辦理。
refusal-enrolment-must-register = 登記資料不完整。
    .remedy = 請重新遞交。

## front: home

home-title = 河套深港科技創新合作區

## front: the demonstration's door

demo-title = 選擇示範角色
demo-lead = 這裏的人和事全部是合成的。選一個角色登入，看看他能做甚麼。
demo-sign-in = 以此角色登入

## the API: problems that only programs meet

problem-body = JSON 內容不符合此網址的要求
    .text = 內容無法讀取，或有欄位欠缺、不認識或類型不符。沒有任何改動生效。
    .remedy = 請按 errors 所列的欄位、行和列更正；格式見 /api/openapi.json。
problem-token-not-good = 權杖無效
    .text = 這個權杖並非由本園區發出，或已損壞、已過期。
    .remedy = 請向園區的系統營運者索取新權杖，並以 Authorization: Bearer 傳送。
problem-key-not-good = 冪等鍵不能使用
    .text = 冪等鍵須為 1 至 128 個可見的 ASCII 字元。
    .remedy = 請為每項新工作產生新的隨機鍵，例如 UUID。
problem-key-reused = 冪等鍵已用於其他內容
    .text = 同一個鍵之前曾與另一內容一併送達此處。沒有任何改動生效。
    .remedy = 請重送相同內容，或為新內容另選新鍵。
api-body-not-json = 由這裏開始不是有效的 JSON。
api-body-unknown-field = 這裏不認識此欄位。
api-body-missing-field = 欠缺此欄位。
api-body-wrong-value = 值的類型不符合此欄位的要求。
api-field-missing = 此欄位必須填寫。
api-field-unknown = 表格沒有此欄位。
api-field-wrong-type = 值的類型與表格所要求的不同。
api-field-not-a-choice = 不在可選項目之內。
api-field-not-a-date = 並非 2026-11-22 這樣的日期。
api-field-too-short = 太短；限度為 { $limit }。
api-field-too-long = 太長；限度為 { $limit }。
api-field-too-small = 太小；限度為 { $limit }。
api-field-too-large = 太大；限度為 { $limit }。
api-field-must-be-true = 必須作出此項聲明。
api-field-wrong-format = 不符合此欄位的格式。
