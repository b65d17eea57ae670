# 模拟报告（终端）及其两幅图表。

report-title = { $zone }模拟报告
report-what = { $commuters }名通勤人员，{ $first }至{ $last }，共{ $days }个工作日；种子{ $seed }。
report-synthetic = 所有人物均为虚构。每项决定均由平台和规则库作出。

report-people = 园区已登记人数
report-organisations = 单位
report-cases-approved = 份申请获批准
report-cases-refused = 份申请不予批准
report-cases-open = 份申请尚未决定
report-passes-issued = 张通行证已签发
report-passes-suspended = 张通行证在结束时暂停使用
report-passes-revoked = 张通行证已撤销

report-crossings = 过桥
report-passed = 人次即时放行
report-referred = 人次转人工处理
report-refused = 人次被拒绝
report-completed = 人次到达对岸
report-turned-back = 人次中途折返
report-let-pass = 人次经值班人员放行
report-resolved = 人次由值班人员核定所在一岸
report-on-north = 人在结束时位于北岸
report-on-south = 人在结束时位于南岸
report-on-bridges = 人在结束时位于桥上

report-refusals = 拒绝和转人工，按起决定作用的规则分列
outcome-refused = 拒绝
outcome-referred = 转人工

report-waits = 闸口排队时间（秒），全部日期合计
report-gate = { $gate }（{ $lanes }条通道，每人{ $seconds }秒）
report-morning = 早上
report-evening = 傍晚
report-disturbed = 有闸口关闭的半天
column-gate = 闸口
column-people = 人次
column-longest = 最长
column-under-30 = 少于30秒
column-queue = 最长队伍
report-quarters = 各闸口每十五分钟的最长队伍（人数，各日最大值；括号内为有闸口关闭的半天）
column-from = 时间

report-outage = { $gate }自{ $day }关闭至{ $until }；{ $diverted }人次改走另一座桥。
report-unfinished = 未完成的过桥记录及其负责部门：{ $total }
unfinished-passage = 在桥上
unfinished-referred = 等待值班人员处理

report-checks = 结束时的核查
check-holds = 成立
check-does-not-hold = 不成立
check-looked-at = 已核查{ $count }项
check-nobody-nowhere = 无人下落不明：人人位于其中一岸，或在桥上并有本人的过桥记录
check-presence-counts = 两岸在场人数与各人所在一致
check-open-items-have-owners = 每项未完成的过桥和转人工事项均有负责部门
check-permits-rest-on-cases = 每张通行证均以各部门批准的申请为据
check-stopped-passes-stay-stopped = 无人凭已暂停或撤销的通行证过桥
check-replay = 重放日志可得出相同的园区状态
check-log = 日志验证无误：条目、哈希树和两个签名
report-log = 日志共有{ $entries }个条目；由此推算的园区状态，摘要为{ $digest }

chart-queues-title = 各闸口每十五分钟的最长队伍
chart-disturbed-title = 有闸口关闭的半天：各闸口每十五分钟的最长队伍
chart-queues-description = 各日该十五分钟内，到达闸口者所遇到的最长队伍。
chart-queues-unit = 排队人数
chart-queues-across = 时间
chart-waits-title = 排队时间
chart-waits-description = 各闸口早上和傍晚的排队时间：每百人中，有多少人不超过此数。有闸口关闭的半天不计入。
chart-waits-unit = 秒
chart-waits-across = 闸口

load-title = 对服务器的负载
load-holders = 名持证人
load-decisions = 项闸口决定，每项均已写入日志
load-errors = 项响应并非决定
load-seconds = 秒，总时间
load-per-second = 项决定（每秒）
load-time = 毫秒内，每百项中有{ $percent }项得到响应
load-longest = 毫秒，最慢的响应
