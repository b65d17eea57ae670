# 页面外框与各种组件
service-name = 河套
title-faulty = 错误：{ $title }
skip-link = 跳到正文
navigation-label = 主导航
crumbs-label = 当前位置
language-label = 语言
sign-in = 登录
sign-out = 退出登录
ribbon-label = 演示环境。
ribbon-text = 所示人员、机构和事件均为虚构。
footer-about = 河套深港科技创新合作区的运营平台。
footer-illustrative = 规则和数字来自园区发展纲要；尚无定案的均标明为示例。
footer-log = 个条目，载于可验证的日志。
footer-checkpoint = 最新检查点
errors-title = 填写有误，请更正
source-section = 依据：纲要第{ $section }段
source-named = 依据：{ $name }
date-year = 年
date-month = 月
date-day = 日
pagination-label = 分页
pagination-previous = 上一页
pagination-next = 下一页
pagination-page = 第{ $page }页
filter-heading = 筛选
filter-apply = 应用筛选
filter-chosen = 已选筛选条件
filter-remove = 移除该条件
filter-clear = 全部清除
clock-running = 已用{ $used }个工作日，时限{ $allowed }个工作日
clock-paused = 暂停计时：已用{ $used }个工作日，时限{ $allowed }个工作日
clock-stopped = { $used ->
    [0] 已于当日办结，时限{ $allowed }个工作日
   *[other] 已办结，用时{ $used }个工作日，时限{ $allowed }个工作日
}
clock-overrun = 已超期{ $over }个工作日，时限为{ $allowed }个工作日
chart-table = 以表格显示数字
map-north = 北行
map-south = 南行
rows-add = 添加一项
rows-remove = 移除第{ $number }项
