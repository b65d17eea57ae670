## navigation and capacity

nav-me = 我的事务
nav-clerk = 单位
nav-officer = 部门工作台
nav-services = 服务
nav-dashboard = 运行数据
nav-log = 公开日志
nav-demo = 演示角色
nav-capacity = 切换身份
capacity-person = 以个人身份
capacity-clerk = 经办人，{ $organisation }
capacity-officer = 工作人员，{ $office }
capacity-title = 以什么身份办事
capacity-lead = 您有多个身份。您的所有操作都将以所选身份记录。
capacity-current = 您正在使用该身份。
capacity-take-up = 使用该身份

## what was done: shown above the page that a form leads to

done-signed-out = 您已退出登录。

## problems

problem-remedy = 解决办法：
problem-section = 依据：{ $section }
problem-home = 返回首页
problem-sign-in = 登录
problem-capacity = 切换身份
problem-not-found = 找不到该页面
    .text = 该网址没有内容，或内容不对您开放。
    .remedy = 请检查网址，或从首页重新开始。
problem-wrong-method = 不能这样使用该网址
    .text = 该网址不接受此类请求。
    .remedy = 请使用页面上的按钮重试。
problem-sign-in-first = 请先登录
    .text = 您尚未登录，或登录已过期，刚才的操作没有生效。
    .remedy = 请登录后重新操作。
problem-wrong-capacity = 该页面不属于您当前的身份
    .text = 您已登录，但当前身份不能使用该页面。
    .remedy = 如您另有身份，请切换；否则请由负责人员办理。
problem-form-not-ours = 该表单已失效
    .text = 表单不是由您当前的登录发出的，刚才的操作没有生效。
    .remedy = 请返回上一页，刷新后重新提交。
problem-unknown-format = 内容的格式不正确
    .text = 该网址不接受此格式的内容。
    .remedy = 请使用页面上的表单提交。
problem-too-large = 内容过大
    .text = 提交的内容超过上限，未予接收。
    .remedy = 名册请不超过4 MiB，可拆分为几个文件。
problem-too-many = 尝试过于频繁
    .text = 短时间内尝试次数过多。
    .remedy = 请在{ $seconds }秒后重试。
problem-refused = 未获接受
    .text = 现行规则中没有允许此操作的条文。
    .remedy = 如认为有误，请联系负责部门。
problem-form = 表单有错漏
    .text = 有栏目漏填或不符合要求，未予接收。
    .remedy = 请按每栏的提示更正后重新提交。
problem-roster = 无法读取该名册
    .text = 整个文件无法读取，未接收任何一行（{ $code }）。
    .remedy = 请下载模板，按栏名填写后重新上传。
problem-erased = 信息已删除
    .text = 这些个人信息已按要求删除，无法再读取。
    .remedy = 记录仍在公开日志中，但内容无法还原。
problem-credential = 通行证未能发到该手机
    .text = 手机提交的密钥无法使用。
    .remedy = 请刷新页面重试，或改用网页显示的二维码。
problem-malformed = 无法理解该请求
    .text = 提交的内容不完整，或不属于该页面。
    .remedy = 请返回上一页重试。
problem-busy = 系统繁忙
    .text = 刚才的请求未及处理，没有生效。
    .remedy = 请稍后重试。
problem-broken = 系统出错
    .text = 问题出在我们这边，已记录，将有人员跟进。
    .remedy = 请稍后重试；如仍不行，请联系运营中心。

## refusals of the rooms: parties

refusal-person-must-be-known = 没有编号为{ $person }的人员。
    .remedy = 请检查编号。
refusal-organisation-must-be-known = 没有编号为{ $organisation }的单位。
    .remedy = 请检查编号，或先登记单位。
refusal-office-must-be-known = 没有名为{ $office }的部门。
    .remedy = 请从部门名单中选择。
refusal-person-must-not-be-erased = { $person }的个人信息已删除。
    .remedy = 如该人员再次申请，请重新登记。
refusal-ruled-out = 现行规则不允许此操作。
    .remedy = 请联系负责部门。
refusal-seal-must-be-the-persons-own = 信息不是以当事人的密钥封存。
    .remedy = 请从网页重新提交；如仍出现，请通知运营中心。
refusal-invitation-must-match = 该链接已使用，或不属于您。
    .remedy = 请向您的单位索取新链接；如已设置通行密钥，请直接登录。
refusal-invitation-must-be-in-time = 该链接已过期。
    .remedy = 请向您的单位索取新链接。
refusal-passkey-must-be-known = 找不到该通行密钥。
    .remedy = 请使用已登记的通行密钥，或索取新链接。
refusal-passkey-must-be-new = 该通行密钥已登记。
    .remedy = 您可直接用它登录。
refusal-passkeys-must-be-few = 您的通行密钥已达上限。
    .remedy = 请先移除一个不再使用的通行密钥。
refusal-document-must-be-in-force = 证件已过期。
    .remedy = 请填写有效的证件。
refusal-consent-must-be-on-offer = 没有这一项同意（{ $consent }，第{ $version }版）。
    .remedy = 条文可能刚更新；请刷新页面后重新阅读。
refusal-consent-must-be-given = 尚未同意所需的信息用途（{ $consent }）。
    .remedy = 请阅读并同意后再提交；如不同意，可撤回申请。
refusal-officer-must-be-appointed = 该人员未获委任到{ $office }。
    .remedy = 无需解除。
refusal-clerk-must-be-appointed = 该人员不是该单位的经办人。
    .remedy = 无需解除。

## refusals of the rooms: cases

refusal-service-must-be-known = 没有名为{ $service }的服务。
    .remedy = 请从服务目录中选择。
refusal-case-must-be-known = 没有编号为{ $case }的事项。
    .remedy = 请检查编号。
refusal-leg-must-be-known = 事项{ $case }没有该环节（{ $leg }）。
    .remedy = 请刷新事项。
refusal-roster-must-be-known = 没有编号为{ $roster }的名册。
    .remedy = 请检查编号。
refusal-subject-must-be-known = 没有登记当事人。
    .remedy = 请先登记当事人。
refusal-permit-must-be-known = 没有编号为{ $permit }的通行证。
    .remedy = 请检查编号。
refusal-person-must-act = 这一步须由人员办理，不能自动进行。
    .remedy = 请登录后办理。
refusal-service-must-match-what-it-is-about = 该服务不适用于该对象。
    .remedy = 请选择适合的服务。
refusal-requested-day-must-be-given = 没有填写到访日期。
    .remedy = 请填写到访日期。
refusal-requested-day-must-not-be-past = 到访日期已过。
    .remedy = 请选择今天或以后的日期。
refusal-case-must-be-the-only-one-open = 同一申请已有未办结的事项（{ $case }）。
    .remedy = 请继续办理该事项，或先撤回。
refusal-case-must-be-confirming = 事项{ $case }不在等待本人确认。
    .remedy = 请刷新，查看当前进度。
refusal-case-must-be-deciding = 事项{ $case }不在审批中。
    .remedy = 请刷新，查看当前进度。
refusal-case-must-not-be-decided = 事项{ $case }已有结果。
    .remedy = 如情况有变，请另行申请。
refusal-document-must-be-confirmed = 本人尚未确认有效的证件。
    .remedy = 请先核对并确认证件，再提交。
refusal-leg-must-be-undecided = 该环节（{ $leg }）已由{ $by }于{ $at }作出决定。
    .remedy = 请刷新，查看结果。
refusal-leg-must-be-open = 该环节（{ $leg }）正等待申请人答复。
    .remedy = 请待答复后再处理。
refusal-leg-must-be-asked = 该环节（{ $leg }）没有待答的问题。
    .remedy = 请刷新，查看当前进度。
refusal-leg-must-be-left-to-the-rule = 该环节（{ $leg }）不是按规则自动决定。
    .remedy = 请由负责部门工作人员决定。
refusal-seal-must-be-the-subjects-own = 内容不是以当事人的密钥封存。
    .remedy = 请从网页重新提交；如仍出现，请通知运营中心。

## refusals of the rooms: permits

refusal-holder-must-be-known = 没有登记持证人（{ $person }）。
    .remedy = 请先登记持证人。
refusal-case-must-not-have-issued = 事项{ $case }已签发过通行证。
    .remedy = 请使用已签发的通行证。
refusal-validity-must-end-after-it-begins = 通行证的失效时间早于生效时间。
    .remedy = 请更正有效期。
refusal-permit-must-not-be-revoked = 通行证{ $permit }已撤销。
    .remedy = 如需过桥，请重新申请。
refusal-permit-must-be-valid = 通行证{ $permit }当前不是有效状态。
    .remedy = 请刷新，查看状态及原因。
refusal-permit-must-be-suspended = 通行证{ $permit }没有被暂停。
    .remedy = 无需恢复。
refusal-holder-key-must-be-new = 该密钥已绑定。
    .remedy = 可直接使用。
refusal-holder-key-must-be-bound = 该密钥没有绑定。
    .remedy = 请刷新，查看现有的绑定。
refusal-thumbprint-must-be-well-formed = 密钥的标识不正确。
    .remedy = 请刷新页面重试。

## refusals of the rooms: crossings of people

refusal-gate-must-be-known = 没有名为{ $gate }的闸口。
    .remedy = 请检查闸口名称。
refusal-gate-must-stand-where-the-passage-begins = { $gate }不在出发的一岸。
    .remedy = 请使用出发一岸的闸口。
refusal-passage-must-be-open = 过桥记录{ $passage }已经完结。
    .remedy = 请刷新，查看结果。
refusal-referral-must-be-open = { $passage }没有待工作人员处理的转介。
    .remedy = 请刷新，查看结果。
refusal-watch-must-be-known = 监控名单上没有{ $watch }。
    .remedy = 请检查编号。
refusal-gate-must-be-open = { $gate }已经关闭。
    .remedy = 无需再关闭。
refusal-gate-must-be-closed = { $gate }已经开放。
    .remedy = 无需再开放。
refusal-traveller-must-be-known = 不知道过桥的是谁。
    .remedy = 请持证人再次出示通行证。

## refusals of the desk

refusal-submission-must-not-be-empty = 没有内容可以提交。
    .remedy = 请填写后再提交。
refusal-submission-must-be-small = 一次提交的记录超过{ $events_max }项。
    .remedy = 请分几次提交。
refusal-event-must-be-small = 其中一项内容过长。
    .remedy = 请缩短后重新提交。
refusal-clock-must-not-go-back = 系统时钟早于日志最后一项。
    .remedy = 请稍后重试；运营人员须校正时钟。
refusal-platform-must-act = 这一步只由平台自行办理。
    .remedy = 无需办理。
refusal-enrolment-must-register = 登记信息不完整。
    .remedy = 请重新提交。

## front: home

home-title = 河套深港科技创新合作区

## front: the demonstration's door

demo-title = 选择演示角色
demo-lead = 这里的人和事全部是合成的。选择一个角色登录，看看能做什么。
demo-sign-in = 以该角色登录

## the API: problems that only programs meet

problem-body = JSON 内容不符合此地址的要求
    .text = 内容无法读取，或有字段缺失、未知或类型不符。没有任何改动生效。
    .remedy = 请按 errors 所列的字段、行和列更正；格式见 /api/openapi.json。
problem-token-not-good = 令牌无效
    .text = 该令牌并非由本园区签发，或已损坏、已过期。
    .remedy = 请向园区的系统运营方索取新令牌，并以 Authorization: Bearer 发送。
problem-key-not-good = 幂等键不能使用
    .text = 幂等键应为 1 至 128 个可见的 ASCII 字符。
    .remedy = 请为每项新工作生成新的随机键，例如 UUID。
problem-key-reused = 幂等键已用于其他内容
    .text = 同一个键此前曾与另一内容一并送达此处。没有任何改动生效。
    .remedy = 请重新发送相同内容，或为新内容另选新键。
api-body-not-json = 从这里开始不是有效的 JSON。
api-body-unknown-field = 这里没有此字段。
api-body-missing-field = 缺少此字段。
api-body-wrong-value = 值的类型不符合此字段的要求。
api-field-missing = 此字段必须填写。
api-field-unknown = 表单没有此字段。
api-field-wrong-type = 值的类型与表单要求的不同。
api-field-not-a-choice = 不在可选项之内。
api-field-not-a-date = 不是 2026-11-22 这样的日期。
api-field-too-short = 太短；限度为 { $limit }。
api-field-too-long = 太长；限度为 { $limit }。
api-field-too-small = 太小；限度为 { $limit }。
api-field-too-large = 太大；限度为 { $limit }。
api-field-must-be-true = 必须作出此项声明。
api-field-wrong-format = 不符合此字段的格式。
