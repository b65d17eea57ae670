//! Characters that only one of the two Chinese scripts writes. A list of common ones: enough to find a sentence
//! pasted from the other file, never meant to convert one script into the other.

use base::Language;

/// Pairs that differ, Traditional first. Characters that both scripts use in some word (`后`, `里`, `面`, `云`, `干`,
/// `只`, `台`, `系`) are left out.
const PAIRS: &str = "\
個个們们來来時时間间開开關关門门問问說说請请謝谢議议論论證证認认識识記记訊讯設设許许訴诉詞词試试詳详語语課课調调談谈\
請请護护變变讓让資资質质費费貿贸買买賣卖貨货責责財财貼贴賬账購购賽赛車车軟软輸输轉转較较載载輕轻輯辑邊边達达過过還还\
這这進进遠远運运適适選选遞递遲迟郵邮鄰邻醫医釋释針针鐘钟鑰钥錯错鎖锁錄录鏈链陸陆陣阵陽阳際际隨随險险難难電电靜静響响\
頁页項项順顺須须預预領领頭头題题額额願愿類类顯显風风飛飞養养館馆馬马驗验體体鬆松點点黨党龍龙與与業业東东絲丝兩两嚴严\
喪丧豐丰臨临為为麗丽舉举義义烏乌樂乐習习鄉乡書书亂乱爭争於于虧亏亞亚產产畝亩親亲億亿僅仅從从倉仓儀仪價价眾众優优會会\
傳传傷伤倫伦偽伪側侧儲储兒儿內内冊册軍军農农馮冯沖冲決决況况凍冻淨净準准涼凉減减湊凑幾几憑凭擊击劃划劉刘則则剛刚創创\
刪删別别劇剧勸劝辦办務务動动勵励勁劲勞劳勢势區区醫医華华協协單单衛卫廠厂歷历壓压厲厉縣县參参雙双發发敘叙葉叶號号嘆叹\
嚇吓嗎吗啟启員员聽听圖图圓圆國国圍围園园場场壞坏塊块堅坚壇坛墳坟執执報报聲声處处備备複复夠够夾夹奪夺奮奋獎奖婦妇媽妈\
學学孫孙寧宁寶宝實实寵宠審审憲宪宮宫寬宽賓宾對对尋寻導导將将爾尔塵尘嘗尝層层屬属歲岁島岛嶺岭幣币帥帅師师帳帐帶带幫帮\
廣广莊庄慶庆庫库應应廟庙廢废張张彈弹強强歸归當当徹彻徑径憶忆憂忧懷怀態态總总戀恋惡恶懇恳慮虑慣惯戰战戲戏戶户撲扑託托\
擴扩掃扫揚扬撫抚護护擔担擁拥擇择掛挂擋挡揮挥損损換换據据撥拨擺摆攝摄敵敌數数斷断無无舊旧曆历曉晓暫暂術术機机殺杀雜杂\
權权條条構构極极檢检標标樣样樹树橋桥檔档檯台歡欢歐欧殘残毀毁畢毕氣气漢汉湯汤溝沟沒没滬沪瀏浏測测濟济渾浑濃浓涂涂濤涛\
潤润漲涨滾滚滿满漁渔滅灭燈灯災灾爐炉煉炼煩烦熱热燒烧環环現现瑪玛畫画異异療疗瘋疯盜盗監监盤盘眾众礦矿碼码確确禮礼禍祸\
種种積积稱称穩稳窮穷競竞筆笔簽签簡简籌筹簿簿糧粮糾纠紀纪約约級级紛纷純纯紙纸線线練练組组細细織织終终經经結结給给絡络\
絕绝統统繼继績绩續续維维綠绿緊紧網网編编緩缓緣缘縮缩繳缴罰罚羅罗職职聯联聖圣聞闻腦脑臟脏膽胆艦舰藝艺節节範范薦荐藥药\
蘇苏藍蓝虛虚蟲虫蝦虾補补裝装覽览覺觉觀观規规視视觸触計计訂订評评該该誤误獲获擬拟屆届僱雇佈布裏里滯滞鍵键顧顾盡尽鑒鉴";

/// The first character of a text that the language's readers do not write.
pub fn foreign(language: Language, text: &str) -> Option<char> {
    let mut pairs = Vec::new();
    let mut characters = PAIRS.chars();
    while let (Some(traditional), Some(simplified)) = (characters.next(), characters.next()) {
        pairs.push((traditional, simplified));
    }
    let differing = pairs.iter().filter(|(traditional, simplified)| traditional != simplified);
    let banned: Vec<char> = match language {
        Language::En => Vec::new(),
        Language::ZhHans => differing.map(|(traditional, _)| *traditional).collect(),
        // Some simplified forms are Traditional characters of their own (几, 于, 里, 布 …).
        Language::ZhHant => differing.map(|(_, simplified)| *simplified).filter(|c| !SHARED.contains(*c)).collect(),
    };
    text.chars().find(|character| banned.contains(character))
}

/// Simplified forms that Traditional texts write too, with another meaning or as a variant.
const SHARED: &str = "于台里系几准松布托雇沖冲别厂广丰叶只面云后干征折据挂夾虫胡范游郁致制才斗占表向周并复个凭划听圣";
