# 模擬報告（終端機）及其兩幅圖表。

report-title = { $zone }模擬報告
report-what = { $commuters } 名通勤者，{ $first }至{ $last }，共 { $days } 個工作天；種子 { $seed }。
report-synthetic = 所有人物均屬虛構。每項決定均由平台及規則庫作出。

report-people = 園區已登記人數
report-organisations = 機構
report-cases-approved = 宗申請獲批准
report-cases-refused = 宗申請被拒絕
report-cases-open = 宗申請尚未有決定
report-passes-issued = 張通行證已簽發
report-passes-suspended = 張通行證於結束時暫停使用
report-passes-revoked = 張通行證已撤銷

report-crossings = 過橋
report-passed = 人次即時放行
report-referred = 人次轉交當值人員
report-refused = 人次被拒絕
report-completed = 人次抵達對岸
report-turned-back = 人次中途折返
report-let-pass = 人次經當值人員放行
report-resolved = 人次由當值人員核定所在一岸
report-on-north = 人於結束時在北岸
report-on-south = 人於結束時在南岸
report-on-bridges = 人於結束時在橋上

report-refusals = 拒絕及轉交，按起決定作用的規則分列
outcome-refused = 拒絕
outcome-referred = 轉交

report-waits = 閘口輪候時間（秒），全部日子合計
report-gate = { $gate }（{ $lanes } 條通道，每人 { $seconds } 秒）
report-morning = 早上
report-evening = 傍晚
report-disturbed = 有閘口關閉的半日
column-gate = 閘口
column-people = 人次
column-longest = 最長
column-under-30 = 少於 30 秒
column-queue = 最長人龍
report-quarters = 各閘口每十五分鐘的最長人龍（人數，各日之最；括號內為有閘口關閉的半日）
column-from = 時間

report-outage = { $gate }由{ $day }關閉至{ $until }；{ $diverted } 人次改走另一座橋。
report-unfinished = 未完成的過橋紀錄及其負責部門：{ $total }
unfinished-passage = 在橋上
unfinished-referred = 等候當值人員處理

report-checks = 結束時的查核
check-holds = 成立
check-does-not-hold = 不成立
check-looked-at = 已查核 { $count } 項
check-nobody-nowhere = 無人下落不明：人人在其中一岸，或在橋上並有本人的過橋紀錄
check-presence-counts = 兩岸在場人數與各人所在一致
check-open-items-have-owners = 每項未完成的過橋及轉交均有負責部門
check-permits-rest-on-cases = 每張通行證均以各部門批准的申請為據
check-stopped-passes-stay-stopped = 無人憑已暫停或撤銷的通行證過橋
check-replay = 重播日誌可得出相同的園區狀態
check-log = 日誌驗證無誤：條目、雜湊樹及兩個簽署
report-log = 日誌共有 { $entries } 個條目；由此推算的園區狀態，摘要為 { $digest }

chart-queues-title = 各閘口每十五分鐘的最長人龍
chart-disturbed-title = 有閘口關閉的半日：各閘口每十五分鐘的最長人龍
chart-queues-description = 各日該十五分鐘內，到達閘口者所遇到的最長人龍。
chart-queues-unit = 輪候人數
chart-queues-across = 時間
chart-waits-title = 輪候時間
chart-waits-description = 各閘口早上及傍晚的輪候時間：每百人中，有多少人不超過此數。有閘口關閉的半日不計在內。
chart-waits-unit = 秒
chart-waits-across = 閘口

load-title = 對伺服器的負載
load-holders = 名持證人
load-decisions = 項閘口決定，每項均已寫入日誌
load-errors = 項回應並非決定
load-seconds = 秒，總時間
load-per-second = 項決定（每秒）
load-time = 毫秒內，每百項中有 { $percent } 項得到回應
load-longest = 毫秒，最慢的回應
