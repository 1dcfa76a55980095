/// The words that deadline phrases are made of. Longer words win over shorter ones.
enum Vocabulary {
  /// A group of words of one kind and value.
  struct Spellings {
    var word: Word
    var value: Int32
    var spellings: String

    init(_ word: Word, _ value: Int32, _ spellings: String) {
      (self.word, self.value, self.spellings) = (word, value, spellings)
    }

    init(_ word: Word, _ spellings: String) { self.init(word, 0, spellings) }
  }

  /// The words that say of which year a phrase speaks.
  static let years = entries.filter { [.yearFromIssue, .nextYear, .fiveYears].contains($0.word) }
    .flatMap { $0.spellings.split(separator: " ") }

  static let entries: [Spellings] =
    calendar + weekdays + festivals + behindPeriods + spans + recurrence + clock + signs + standing
    + context + compounds

  private static let calendar: [Spellings] = [
    Spellings(.year, "年"), Spellings(.year, 1, "年度"), Spellings(.month, "月 月份"), Spellings(.day, "日 号"),
    Spellings(.quarter, "季度 季"), Spellings(.half, 1, "上半年 上半年度"), Spellings(.half, 2, "下半年 下半年度 后半年"),
    Spellings(.halfYear, "半年 半年度 半个年度"),
    Spellings(.firstQuarters, 2, "前二季度 前两季度 前两个季度"), Spellings(.firstQuarters, 3, "前三季度 前三个季度 前3季度 前3个季度"),
    Spellings(.tenDays, 11, "上旬"), Spellings(.tenDays, 12, "上中旬"), Spellings(.tenDays, 22, "中旬"),
    Spellings(.tenDays, 23, "中下旬"), Spellings(.tenDays, 33, "下旬"),
    Spellings(.fiveYears, 10, "\"十五\""), Spellings(.fiveYears, 11, "十一五"), Spellings(.fiveYears, 12, "十二五"),
    Spellings(.fiveYears, 13, "十三五"), Spellings(.fiveYears, 14, "十四五"), Spellings(.fiveYears, 15, "十五五"),
    Spellings(.fiveYears, 16, "十六五"), Spellings(.wholeYear, "全年 全年度 整年 贯穿全年"),
    Spellings(.yearFromIssue, 0, "今年 本年 本年度 今年度"), Spellings(.yearFromIssue, 1, "明年 明年度"),
    Spellings(.yearFromIssue, -1, "去年 上年 上年度 去年度 上一年 上一年度"), Spellings(.yearFromIssue, 2, "后年"),
    Spellings(.monthFromIssue, 0, "本月 本月份 这个月"), Spellings(.monthFromIssue, 1, "下月 下个月"),
    Spellings(.monthFromIssue, 2, "下下月 下下个月"), Spellings(.quarterFromIssue, 2, "下下季度 下下季 下下个季度"),
    Spellings(.monthFromIssue, -1, "上月 上个月"),
    Spellings(.quarterFromIssue, 0, "本季度 本季"), Spellings(.quarterFromIssue, 1, "下季度 下季 下个季度"),
    Spellings(.quarterFromIssue, -1, "上季度 上季 上个季度"),
    Spellings(.nextYear, "次年 次年度 翌年 第二年 下一年 下一年度 来年"), Spellings(.nextMonth, "次月 下一月 下一个月"),
    Spellings(.thatPeriod, "当年 当年度 当月 当季 当季度 当日 当天 当周 同年 同月 次日"),
    Spellings(.ordinal, "第"), Spellings(.end, "底 末 年终 期末 最后一天 最后一日 最后1天 最后1日 最末一天"),
    Spellings(.misspeltEnd, 1, "低"),
    Spellings(.misspeltEnd, 2, "未"),
    Spellings(.beginning, "初"), Spellings(.middle, "中"),
  ]

  /// 本周五, 下周一, 下下周一.
  private static let weekdays: [Spellings] = [(0, "本周 这周 本星期"), (10, "下周 下星期 下个星期"), (20, "下下周 下下星期 下下个星期")]
    .flatMap { weeks, spellings in
      zip(1..., ["一", "二", "三", "四", "五", "六", "日 天"]).map { day, names in
        let words = spellings.split(separator: " ").flatMap { week in
          names.split(separator: " ").map { week + $0 }
        }
        return Spellings(.weekdayFromIssue, Int32(weeks + day), words.joined(separator: " "))
      }
    }

  private static let festivals: [Spellings] = [
    Spellings(.season, Festival.newYear.rawValue, "元旦 元旦节"),
    Spellings(.season, Festival.springFestivalEve.rawValue, "除夕"),
    Spellings(.season, Festival.springFestival.rawValue, "春节"),
    Spellings(.season, Festival.lanternFestival.rawValue, "元宵 元宵节"),
    Spellings(.season, Festival.womensDay.rawValue, "妇女节 三八妇女节 \"三八\""),
    Spellings(.season, Festival.qingming.rawValue, "清明 清明节"),
    Spellings(.season, Festival.labourDay.rawValue, "五一 \"五一\" 五一节 劳动节 五一劳动节 \"五一\"劳动节 五一国际劳动节 \"五一\"国际劳动节"),
    Spellings(.season, Festival.youthDay.rawValue, "青年节 五四青年节 \"五四\" \"五四\"青年节"),
    Spellings(.season, Festival.childrensDay.rawValue, "儿童节 六一 \"六一\" 六一儿童节 \"六一\"儿童节"),
    Spellings(.season, Festival.dragonBoat.rawValue, "端午 端午节"),
    Spellings(.season, Festival.partyDay.rawValue, "建党节 \"七一\""),
    Spellings(.season, Festival.armyDay.rawValue, "建军节 八一建军节 \"八一\" \"八一\"建军节"),
    Spellings(.season, Festival.teachersDay.rawValue, "教师节"),
    Spellings(.season, Festival.midAutumn.rawValue, "中秋 中秋节"),
    Spellings(.season, Festival.nationalDay.rawValue, "国庆 国庆节 \"十一\" \"十一\"国庆节"),
    Spellings(.holiday, "假期 小长假 长假"),
  ]

  private static let behindPeriods: [Spellings] = [
    Spellings(.before, "前 之前 以前"),
    Spellings(
      .inclusive,
      "(含) (含当日) (含当天) (含本日) (含该日) (含当月) (包含当日) (包含当天) (包括当日) (包括当天) 含当日 含当天 含本日"),
    Spellings(.within, "内 以内 之内"),
    Spellings(.around, "前后 左右 前夕 上下"), Spellings(.since, "以来"), Spellings(.after, "后 之后 以后"),
    Spellings(.closing, "止 为止"), Spellings(.from, "起 开始 起始 之日起"), Spellings(.during, "期间 时期 规划期 规划期间"),
  ]

  private static let spans: [Spellings] = [
    Spellings(.months, "个月"), Spellings(.days, "天 个自然日 自然日 个日历日 日历日 个日历天 日历天 个自然天"),
    Spellings(.workdays, "个工作日 工作日 个工作天 工作天"), Spellings(.weeks, "周 个星期 星期 个周 个礼拜"),
    Spellings(.hours, "小时 个小时 分钟 个工作小时 工作小时 秒 秒钟 学时"), Spellings(.halfMonth, "半个月 半月"),
    Spellings(.piece, "个"), Spellings(.times, "次 轮 期 遍 场 场次 周期"),
  ]

  private static let recurrence: [Spellings] = [
    Spellings(.every, Cycle.day.rawValue, "每日 每天"), Spellings(.every, Cycle.week.rawValue, "每周 每星期 每个星期 每礼拜"),
    Spellings(.every, Cycle.tenDays.rawValue, "每旬"),
    Spellings(.every, Cycle.month.rawValue, "每月 每个月 每月份 每月度"),
    Spellings(.every, Cycle.quarter.rawValue, "每季 每季度 每个季度 每一季度 每一个季度"),
    Spellings(.every, Cycle.halfYear.rawValue, "每半年 每半年度 每半个年度"),
    Spellings(.every, Cycle.year.rawValue, "每年 每年度 每一年 每个年度"),
    Spellings(.each, "每"), Spellings(.each, 2, "逢 每逢"), Spellings(.each, 1, "每隔"),
    Spellings(.per, Cycle.week.rawValue, "按周"), Spellings(.per, Cycle.month.rawValue, "按月 按月度 "),
    Spellings(.per, Cycle.quarter.rawValue, "按季 按季度"), Spellings(.per, Cycle.halfYear.rawValue, "按半年 按半年度"),
    Spellings(.weekday, 1, "周一 星期一 礼拜一"), Spellings(.weekday, 2, "周二 星期二 礼拜二"),
    Spellings(.weekday, 3, "周三 星期三 礼拜三"), Spellings(.weekday, 4, "周四 星期四 礼拜四"),
    Spellings(.weekday, 5, "周五 星期五 礼拜五"), Spellings(.weekday, 6, "周六 星期六 礼拜六"),
    Spellings(.weekday, 7, "周日 星期日 星期天 礼拜日 礼拜天"),
    Spellings(.monthOfCycle, 1, "首月 第一个月 第1个月 首个月"), Spellings(.monthOfCycle, 2, "第二个月 第2个月"),
    Spellings(.monthOfCycle, 3, "末月 最后一个月 最后1个月 第三个月 第3个月 最末月"),
    Spellings(.lastWorkday, "最后一个工作日 最后1个工作日 最后一工作日 最后的工作日 末个工作日"),
    Spellings(.cycleEnds, "结束 终了 届满 期满"),
    Spellings(.parityMonth, 0, "双月 偶数月"), Spellings(.parityMonth, 1, "单月 奇数月"),
  ]

  private static let clock: [Spellings] = [
    Spellings(.hour, "时 点 点钟"), Spellings(.minute, "分"),
    Spellings(.dayPart, DayPart.earlyMorning.rawValue, "凌晨"),
    Spellings(.dayPart, DayPart.morning.rawValue, "上午 早上 早晨"),
    Spellings(.dayPart, DayPart.noon.rawValue, "中午"),
    Spellings(.dayPart, DayPart.afternoon.rawValue, "下午"),
    Spellings(.dayPart, DayPart.evening.rawValue, "晚上 晚间 晚 傍晚"),
    Spellings(.endOfWork, "下班 当日下班 当天下班"),
  ]

  private static let signs: [Spellings] = [
    Spellings(.dash, "-"), Spellings(.to, "至 到"), Spellings(.dot, "."), Spellings(.slash, "/"),
    Spellings(.colon, ":"),
    Spellings(.comma, ","), Spellings(.list, "、 +"), Spellings(.stop, ";"), Spellings(.open, "("),
    Spellings(.close, ")"),
    Spellings(.percent, "%"),
  ]

  private static let standing: [Spellings] = [
    Spellings(.standing, "长期 持续 常态 常态化 长效 长效化 一直 常抓不懈 经常性 不间断 日常 长期性 常态长效 久久为功 永久 无限期 常年 经常 始终"),
    Spellings(
      .immediate,
      "立行立改 即知即改 即行即改 边查边改 边学边查边改 立查立改 即查即改 即时 立改 立整立改 现行现改 立说立行 即整即改 即改 边整边改 边督边改 立知立改 立即立改 已立行立改"
    ),
    Spellings(.immediate, 1, "立即 马上 立刻 即刻 当即 立马"),
    Spellings(.today, "即日 从即日 自即日"),
    Spellings(
      .issueDay,
      "印发之日 发文之日 发布之日 公布之日 方案印发之日 本方案印发之日 文件印发之日 通知印发之日 本通知印发之日 下发之日"),
  ]

  private static let context: [Spellings] = [
    Spellings(.completion, 1, "完成 到位 整改到位 落实到位 整改完成 整改完毕 销号 办结销号 完毕 完工 全面完成 基本完成 全部完成"),
    Spellings(
      .completion,
      "实现 建成 达到 落实 达标 达效 见效 取得 结束 解决 消除 清零 投用 投运 投入使用 投入运行 投产 竣工 交付 形成 验收 整改 整治 治理 清理 拆除 关停 关闭 淘汰 退出 完善 建立 健全 出台 制定 报送 上报 报 提交 提供 反馈到 办理 达成 编制 修订 整改落实 完成整改 执行 巩固 提升 改进 规范 优化 加强 整顿 报备 备案 通过 查明 摸清 厘清 理清 明确 制订 拟定 印制 配齐 配备 推出 兑现 具备 修复 清退 收回 补办 补齐 缴纳 追缴 建设 落地 上线 运行"
    ),
    Spellings(.start, 2, "启动"),
    Spellings(.start, 1, "开工 动工 开展 实施 组织 推进 进行 召开 推动 抓好 做好 举办 进场"),
    Spellings(
      .start,
      "坚持 保持 维护 巡查 检查 督查 督导 调度 通报 走访 考核 评估 更新 总结 汇总 统计 研究 听取 汇报 公开 公示 培训 会商 研判 监测 抽查 排查 对接 分析 调研 梳理 跟踪 监管 管控 关注 跟进 深化 强化 管理 发力 用力 攻坚 抓实 抓 走访调研 演练 核查 自查 通报 公布"
    ),
    Spellings(.publishing, "印发 发布 下发 施行 颁布 成立 签订 发生 反馈 批复 发现 生效"),
    Spellings(.publishing, 1, "形成的 执行的 产生的 拖欠的 欠付的 发生的"),
    Spellings(
      .label,
      "完成时限 整改时限 完成时间 整改时间 时限 时间 期限 整改期限 完成期限 时间节点 节点 计划完成时间 计划完成时限 时间要求 整改完成时限 整改完成时间 截止日期 截止时间 完成日期 预计完成时间 时限要求 进度安排 时间安排 完成时限及要求 拟完成时间 截止日期为 截止时间为 时限为 时间为 期限为 完成时限为 完成时间为 整改时限为 完成期限为"
    ),
    Spellings(
      .filler,
      "全部 基本 全面 工作 任务 及时 尽快 成效 实效 需 须 应 应当 要 务 之 初步 阶段性 阶段性成效 明显成效 明显 整改任务 整改工作 均 都 一律 各 再 该项 此项 本项 各项 问题 所有 且 同时 按时 如期 按期 有效 有序 年度 措施 目标 目标任务 整改措施 问题整改 进展 情况 整改情况 最终 计划 预计 拟 拟于 预期 至少 不少于 不得少于 不低于 不得低于 不得小于 一般 应于 须于 将于 长效机制 常态化机制 常态机制 长效管理机制 常态长效机制 长效管控机制 长效监管机制 常态化工作机制 进一步 扎实 深入 稳步 不断 有关 相关 以上 上述 等 全程 到 认真 必须 一并 集中 彻底 具体 机制 制度 方案 整改方案 贯彻 向 动态 毫不动摇地 坚定不移地 坚持不懈地 毫不松懈地 坚持不懈 下去 统一 集中力量 广泛 全力 大力 积极 分别 其他 其余 首次 先 后续 随后 此后 之 则 的基础上 下 去 抓紧 加快 完  总体 跨年 跨年度 跨年项目 跨年度项目 分阶段 分批 分步 逐步 适时"
    ),
    Spellings(.and, "和 及 与 以及 并 并且 &"), Spellings(.or, "或 或者"),
    Spellings(
      .qualifier,
      "确保 务必 原则上 务于 务必于 原则上于 确保于 保证 要求 限 限于 限期 必须于 必须在 应在 须在 要在 需在 应于 须于 需于 将于 定于 拟于 计划于 预计于 计划 预计 务求 请于 请在 要于"
    ),
    Spellings(.aim, "力争 争取 力争于 争取于 力争在 争取在 力求"),
    Spellings(
      .latest,
      "最迟 最晚 不晚于 不迟于 至迟 不得晚于 不得迟于 最迟于 最晚于 至迟于 最迟不超过 最晚不超过 最迟不晚于 实施至 执行至 延续至 施行至 实施到 执行到"),
    Spellings(.moved, "延期后 顺延后 推迟后 调整后 延期至 延期到 延长至 延长到 推迟至 推迟到 调整为 调整至 变更为 提前至 提前到 顺延至 延至"),
    Spellings(.at, "于 在"), Spellings(.outset, "自 从 待"),
    Spellings(
      .done, "已 已经 均已 都已 已完成 已整改 已于 已在 已经 已经完成 均已 全部已 已全部 已基本 已实现 已办结 已销号 已达到 已建成 现已 业已 完成了 已落实 曾 曾于"),
    Spellings(.undone, "未 无 未能 尚未 没有 仍未 逾期 不能 无法 不再 未按"),
    Spellings(.of, "的"), Spellings(.compared, "比 较 相比 同比 对比 对照"),
    Spellings(.formerly, "原定 原计划 原 原时限 原定于 原计划于 原要求 由 原时限为"),
    Spellings(.notBefore, "不早于 不得早于 最早 早于"), Spellings(.asOf, "截至 截止到 截止至 截至到"),
    Spellings(.deadlineAt, "截止 截止于"),
    Spellings(
      .serviceLevel,
      "办理时限 审批时限 办结时限 承诺时限 法定时限 办理时间 审批时间 压缩 压缩至 压缩到 压缩为 压缩在 缩短 缩短至 缩短到 缩短为 压减 压减至 压减到 缩减 缩减至 减至 减少至 减少到 降至 降低至 控制 控制在 控制到 不超过 不得超过 不多于 最多 至多 提速 限时 平均 承诺 法定 累计 时长 用时 最长 最短"
    ),
    Spellings(.settled, "办结 办好 办成 办完 拿证 取证 领证 出证 办理完毕 办理完成 审批完成 审结 办理"),
    Spellings(.validity, "前有效 前持续有效 有效期 保质期 任期 合同期 服务期 有效期至 有效期限 租期 质保期 保修期 试用期 聘期"),
    Spellings(
      .otherLabel,
      "日期 成文日期 发布日期 发文日期 印发日期 印发时间 填报日期 填报时间 制表时间 制表日期 更新时间 更新日期 成立时间 检查时间 签发日期 下发时间 下发日期 发布时间 立项时间 受理时间 反馈时间 发现时间 登记时间 记录时间 巡察时间 督察时间 入驻时间 通报时间 问题时间 签订日期 出生日期 任职时间 销号时间 销号日期 实际完成 实际完成时间 实际完成日期 实际办结时间 实际时间"
    ),
    Spellings(
      .target,
      "招引 培育 新增 培养 引进 新建 打造 创建 选派 遴选 认定 扶持 引育 孵化 招聘 招录 输送 吸纳 转化 栽植 造林 新改建 改造 培植 新签约 签约 发展 建设改造 举办 选树 招收 救助"
    ),
    Spellings(.stage, "阶段"), Spellings(.object, "将 把"),
    Spellings(
      .right,
      "免征 免收 免缴 免交 免予 免除 豁免 减征 减收 减免 减半 减按 可享受 享受 只享受 不得 禁止 严禁 不准 不予 不受理 不再受理 优惠 只能 仅能 只可 仅可 只限 仅限 保留 缓缴 缓征 暂缓 暂停 可申请 可以申请 可免 可缓 仍享受 限一次 限享 限享受 限申请 限领"
    ),
    Spellings(.right, 1, "给予 补助 补贴 奖励 资助 奖补"),
    Spellings(.partOf, "纳入 列入 计入 作为"),
    Spellings(.lunar, "农历 阴历 旧历 夏历 腊月 正月"),
    Spellings(.lately, "近 最近 过去 连续 满 超过 超 未来 今后 前 已满"),
    Spellings(
      .season,
      "汛期 雨季 主汛期 春季 夏季 秋季 冬季 春秋季 秋冬季 冬春季 两会 采暖季 采暖期 供暖季 供暖期 节假日 高考 中考 暑期 暑假 寒假 开学 节日 节前 会前 汛前 赛前 考前 事前 入汛 入冬 学期 丰水期 枯水期 禁渔期 防火期 重污染天气"
    ),
    Spellings(.irregular, "逐年 逐月 逐季 逐季度 分年 分年度 分季度 视情 视情况 视工作需要 根据需要 根据工作需要 不定期"),
    Spellings(.vague, "近期 短期 中期 中长期 近年 适当 尽早 前期 今后 往后 将来 远期 中远期"),
  ]

  /// Spellings that begin or end with a word above but mean something else.
  private static let compounds: [Spellings] = [
    Spellings(
      .text,
      "待定 待遇 等待 接待 对待 待办 待产 亟待 有待 期待 招待 优待 待业 待岗 彻底 摸底 底线 底数 底层 底册 底账 底图 底盘 底价 底商 底部 到底 兜底 海底 井底 湖底 河底 水底 探底 见底 年级 年龄 年均 年限 年检 年报 年审 年代 年轻 年产 年收 年金 年鉴 年票 年货 年味 年夜 日均 日报 日历 日记 日志 日程 日益 日产 日处理 月均 月报 月饼 月嫂 月度 月供 前期工作 前置 前提 前端 前述 前往 前列 前景 前瞻 前款 前进 前沿 前方 前面 前身 前来 前移 前任 前海 前言 前线 目前 当前 此前 提前 之前的 以前的 从前 空前 眼前 面前 超前 庭前 门前 诉前  产前 学前 岗前 午前 食前 案前 期前 战前 台前 生前 先前 内部 内容 内控 内设 内外 内涵 内蒙 内蒙古 内陆 内河 内地 内江 内乡 内黄 内在 内需 内审 内生 内墙 内业 内网 内镜 区内 省内 国内 境内 市内 县内 校内 院内 室内 场内 厂内 体内 业内 域内 圈内 对内 库内 河内 止境 起草 起步 起诉 起点 起来 起码 起重 起伏 起源 一起 发起 引起 提起 对起 承担起 建立起 初步设计 初审 初中 初次 初始 初验 初稿 初期 初心 初级 初核 初任 最初 当初 起初 中央 中国 中心 中小 中标 中介 中医 中学 中华 中共 中部 中型 中转 中等 中长期规划 中断 中止 中年 中原 中期评估 其中 集中力量 后期 后勤 后台 后备 后果 后方 后评价 后半 然后 先后 前前后后 事后 会后检查 最后 背后 滞后 落后 售后 幕后 产后 课后 饭后 善后 学年 财年 近几年 往年 历年 同年 多年 周年 百年 青年 少年 老年 成年 未成年 童年 新年 元年 闰年 壮年 丰年 灾年 学年度 会计年度 财政年度 岁月 蜜月 周边 周期 周报 周密 周转 周到 周围 周口 周末 周山 周全 周知 周刊 半年报 半月刊 季节 季报 季节性 旺季 淡季 季军 号召 号码 号楼 号线 号文 编号 文号 账号 型号 信号 称号 口号 符号 字号 挂号 销号率 销号制 期货 期刊 期权 期数 次数 次生 次序 次日起 层次 档次 批次 依次 逐次 频次 人次 轮换 轮训 轮流 场所 场地 场馆 场景 场外 遍布 低于 低保 低碳 低效 低压 低收入 降低 最低 减低 较低 未来五年 未来三年 未必 未婚 时代 时候 时效 时刻 时机 时速 时尚 时空 时政 时序 平时 同时间 临时 及时性 小时候 定时 按时序 实时 届时 学时制 分工 分类 分级 分局 分析研判 分管 分散 分布 分配 分离 分支 分局 部分 充分 十分 百分 划分 区分 成分 积分 评分 分期 分批次 点位 点评 点面 点多 点亮 点击 点对点 重点 节点城市 痛点 堵点 难点 试点 亮点 热点 焦点 要点 观点 特点 地点 站点 网点 一点 景点 天然 天气 天津 天河 天水 天府 天桥 天平 天地 今天 昨天 明天 春天 夏天 冬天 航天 至今 至关 至少有 甚至 乃至 以至 直至 冬至 夏至 到期 到达 到场 到家 到户 到人 到岗 到会 到账 得到 收到 做到 提到 直到 遇到 受到 感到 看到 接到 找到 想到 听到 用到 达到的 报到 签到 周到 迟到 不到 联系到 传达到 于是 对于 关于 由于 位于 属于 鉴于 基于 便于 用于 善于 勇于 敢于 易于 高于 等于 大于 小于 优于 少于 多于 在线 在建 在编 在岗 在校 在册 在线上 现在 存在 实在 所在 正在 旨在 内在 潜在 自主 自觉 自身 自行 自然 自治区 自治州 自治县 自贸 自贸区 自来水 自动 自由 自建 自愿 自创 自我 自己 自媒体 各自 擅自 私自 亲自 从严 从快 从重 从业 从事 从而 从紧 从实 从速 由此 由来 自由贸易 理由 缘由 经由 事由 比例 比如 比重 比率 比较 比对 比武 比拼 占比 环比 正比 对比分析 较大 较好 较高 较多 较快 较差 较弱 较慢 较小 较少 计较 报名 报道 报表 报批 报销 报废 报警 报价 报酬 报刊 汇报会 报考 报建 报装 报检 报关 日报表 填报 申报 举报 预报 海报 简报 月报表 年报表 通报会 通报表扬 投报 要素 要点 要害 要闻 要案 主要 重要 需要 必要 纪要 摘要 概要 要件 要义 将来 须知 应用 应急 应对 应届 应收 应付 应保 应评 应诉 应尽 应当 响应 供应 相应 适应 反应 效应 对应 应改 原因 原材料 原料 原始 原有 原则 原油 原煤 原地 原件 原创 原野 高原 草原 平原 中原 太原 还原 复原 未来 和谐 和平 和睦 共和 温和 饱和 总和 及其 及格 普及 涉及 以及时 与会 参与 并联 并购 并网 并重 并行 合并 吞并 已建 已有 已知 自已 的确 目的 的士 标的 曾任 整改成效 整改率 完成率 完成度 实现率 达标率 治理能力 治理体系 建设用地 建设局 建设部 建设厅 管理局 管理部 管理处 管理委员会 监管局 监管部 执行局 报告厅 制度建设 工作组 工作队 工作专班 长期以来 长期存在 长期未 长期护理 长期积累 长期照护 持续时间 持续性 持续力 日常生活 日常监管 经常性支出 非长期"
    )
  ]
}

/// What a token of a deadline phrase is. The value that goes with some kinds is ``Token/value``.
enum Word: UInt8 {
  /// Text that the vocabulary doesn't know.
  case text
  /// A number in digits; value and digit count.
  case number
  /// A number in Chinese numerals; the value, -1 for a run that is no number.
  case numeral

  // Calendar units
  case year, month, day, quarter, halfYear
  /// 上半年 (1) or 下半年 (2).
  case half
  /// 前三季度 and the like; how many quarters.
  case firstQuarters
  /// 旬: ten times the first, plus the last (中下旬 is 23).
  case tenDays
  /// “十四五”: its number.
  case fiveYears
  /// 全年.
  case wholeYear
  /// 今年, 明年, 去年: years from the document's.
  case yearFromIssue
  /// 本月, 下月: months from the document's.
  case monthFromIssue
  /// 本周五, 下周一: the day of the week, plus ten for each week from the document's.
  case weekdayFromIssue
  /// 本季度, 下季度: quarters from the document's.
  case quarterFromIssue
  /// 次年: the year after the one named before.
  case nextYear
  /// 次月: the month after a period.
  case nextMonth
  /// 当年, 当月: of something that isn't named.
  case thatPeriod
  case ordinal
  /// 底, 末.
  case end
  /// 低, 未 in place of 底, 末.
  case misspeltEnd
  /// 初.
  case beginning
  /// 中.
  case middle

  // What is behind a period
  case before, within, around, since, after, closing, from
  /// （含）, （含当日） beside 前: the day itself is one of the days before it.
  case inclusive
  /// 期间, 时期.
  case during

  // Counted spans
  case months, days, workdays, weeks, hours
  /// 半个月.
  case halfMonth
  case piece

  // Recurrence: which period, as ``Cycle``'s raw value.
  case every
  /// 每 before a number.
  case each
  /// 按月, 按季度.
  case per
  case weekday
  /// 最后一个工作日.
  case lastWorkday
  /// 末月, 最后一个月 (3), 首月 (1).
  case monthOfCycle
  /// 结束, 终了.
  case cycleEnds
  /// 双月 (0), 单月 (1).
  case parityMonth
  case times

  // Time of day
  case hour, minute
  /// 上午 and the like, as ``DayPart``'s raw value.
  case dayPart
  case endOfWork

  // Signs
  case dash, to, dot, slash, colon, comma, list, stop, open, close, percent

  // Readings of their own
  case standing, immediate
  /// 即日.
  case today
  /// 印发之日.
  case issueDay

  // Context
  /// A label of a date that is no deadline.
  case otherLabel
  case lunar
  /// 1 for those that also say a state: 整改完成.
  case completion
  /// Above 0 for those that are verbs only, unlike 总结 or 考核; 2 for 启动, which only begins something.
  case start
  case publishing, label, filler, and, or
  /// 招引, 新增: what is made in some number.
  case target
  /// 阶段.
  case stage
  /// 免征, 享受, 不得: what is granted or forbidden for a time, not what is to be done; 1 for 给予 and the like, which may
  /// also be a duty.
  case right
  /// 纳入, 列入: the date is part of something's name.
  case partOf
  /// 将, 把: the object is before its verb.
  case object
  /// 力争, 确保, 原则上.
  case qualifier
  /// 力争, 争取: an aim, next to which a firmer date may be.
  case aim
  /// 最迟, 不晚于.
  case latest
  /// 延期至, 调整为: the date before no longer holds.
  case moved
  /// 于, 在.
  case at
  /// 自, 从.
  case outset
  case done, undone, of, compared, formerly, notBefore, asOf, deadlineAt
  /// 压缩至, 办结: words of a service level.
  case serviceLevel, settled
  case validity
  case vague
  /// 逐年, 视情况: again and again, but on no certain days.
  case irregular
  /// 近, 连续: a span behind it lies in the past or isn't one.
  case lately
  /// 假期 behind a festival.
  case holiday
  /// 汛期, 春节: a time whose days aren't known here; for a ``Festival`` its raw value.
  case season
}

/// A word or sign of a phrase, and where it is in the phrase's own characters.
struct Token {
  var word: Word
  /// What the word means in numbers; see ``Word``.
  var value: Int32
  /// How many digits a number was written with.
  var digits: UInt8
  /// The first scalar of the original text.
  var start: Int32
  /// The scalar after the last.
  var end: Int32
  /// Whether it belongs to an item.
  var isOwned = false

  /// The value of a number in which a letter stands for a digit.
  static let damaged: Int32 = -2
  var isDamaged: Bool { word == .number && value == Self.damaged }
}

/// The period of a recurrence.
enum Cycle: Int32 {
  case day = 1, week, tenDays, month, quarter, halfYear, year
}

/// A part of the day that a clock time is said with.
enum DayPart: Int32 {
  case earlyMorning = 1, morning, noon, afternoon, evening
}
