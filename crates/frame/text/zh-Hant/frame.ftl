# 頁面外框與各種組件
service-name = 河套
title-faulty = 錯誤：{ $title }
skip-link = 跳至主要內容
navigation-label = 主要導覽
crumbs-label = 目前位置
language-label = 語言
sign-in = 登入
sign-out = 登出
ribbon-label = 示範環境。
ribbon-text = 所示的人物、機構及事件均屬虛構。
footer-about = 河套深港科技創新合作區的營運平台。
footer-illustrative = 規則及數字源自園區發展綱要；未有定案者均標明為示例。
footer-log = 個條目，載於可供驗證的日誌。
footer-checkpoint = 最新檢查點
errors-title = 資料有誤，請更正
source-section = 依據：綱要第 { $section } 段
source-named = 依據：{ $name }
date-year = 年
date-month = 月
date-day = 日
pagination-label = 分頁
pagination-previous = 上一頁
pagination-next = 下一頁
pagination-page = 第 { $page } 頁
filter-heading = 篩選
filter-apply = 套用篩選
filter-chosen = 已選的篩選條件
filter-remove = 移除此條件
filter-clear = 全部清除
clock-running = 已用 { $used } 個工作天，時限 { $allowed } 個工作天
clock-paused = 暫停計時：已用 { $used } 個工作天，時限 { $allowed } 個工作天
clock-stopped = { $used ->
    [0] 已即日決定，時限 { $allowed } 個工作天
   *[other] 已決定，用了 { $used } 個工作天，時限 { $allowed } 個工作天
}
clock-overrun = 已逾期 { $over } 個工作天，時限為 { $allowed } 個工作天
chart-table = 以表格顯示數字
map-north = 北行
map-south = 南行
rows-add = 加入一項
rows-remove = 移除第 { $number } 項
