"""The words of the officials' spreadsheets for what the register keeps."""

from lukou_market.households.models import (
    AidProject,
    Category,
    Cause,
    Health,
    Labour,
    Mechanism,
    Producer,
    Relation,
)
from lukou_market.orders.models import Channel

YES_NO = {"是": "yes", "否": "no"}
CATEGORIES = {
    "一般贫困户": Category.GENERAL_POOR.value,
    "低保户": Category.ALLOWANCE.value,
    "五保户": Category.FIVE_GUARANTEE.value,
    "低保贫困户": Category.ALLOWANCE_POOR.value,
    "脱贫不稳定户": Category.MONITORED_UNSTABLE.value,
    "边缘易致贫户": Category.MONITORED_MARGINAL.value,
    "突发严重困难户": Category.MONITORED_SUDDEN.value,
    "一般农户": Category.GENERAL.value,
}
CAUSES = {
    "因病": Cause.ILLNESS.value,
    "因残": Cause.DISABILITY.value,
    "因学": Cause.SCHOOLING.value,
    "因灾": Cause.DISASTER.value,
    "缺土地": Cause.LAND.value,
    "缺水": Cause.WATER.value,
    "缺技术": Cause.SKILLS.value,
    "缺劳力": Cause.LABOUR.value,
    "缺资金": Cause.CAPITAL.value,
    "交通条件落后": Cause.TRANSPORT.value,
    "自身发展动力不足": Cause.MOTIVATION.value,
    "其他": Cause.OTHER.value,
}
RELATIONS = {
    "户主": Relation.HEAD.value,
    "配偶": Relation.SPOUSE.value,
    "子女": Relation.CHILD.value,
    "父母": Relation.PARENT.value,
    "孙子女": Relation.GRANDCHILD.value,
    "其他": Relation.OTHER.value,
}
HEALTH = {
    "健康": Health.HEALTHY.value,
    "长期慢性病": Health.CHRONIC.value,
    "患有大病": Health.SERIOUS.value,
    "残疾": Health.DISABLED.value,
}
LABOUR = {
    "普通劳动力": Labour.ORDINARY.value,
    "技能劳动力": Labour.SKILLED.value,
    "弱劳动力或半劳动力": Labour.WEAK.value,
    "无劳动力": Labour.NONE.value,
}
PRODUCER_KINDS = {
    "企业": Producer.Kind.ENTERPRISE.value,
    "基地": Producer.Kind.BASE.value,
    "合作社": Producer.Kind.COOPERATIVE.value,
    "农户": Producer.Kind.HOUSEHOLD.value,
}
LEVELS = {
    "重点项目": AidProject.ProjectLevel.KEY.value,
    "区级项目": AidProject.ProjectLevel.DISTRICT.value,
    "镇级项目": AidProject.ProjectLevel.TOWN.value,
    "村级项目": AidProject.ProjectLevel.VILLAGE.value,
}
MECHANISMS = {
    "务工": Mechanism.LABOUR.value,
    "土地流转": Mechanism.LAND.value,
    "订单收购": Mechanism.PURCHASE.value,
    "入股分红": Mechanism.DIVIDEND.value,
    "自主生产": Mechanism.PRODUCTION.value,
}
CHANNELS = {
    "线下销售": Channel.OFFLINE.value,
    "工会采购": Channel.TRADE_UNION.value,
    "预算单位采购": Channel.BUDGET_UNIT.value,
    "832平台": Channel.PLATFORM_832.value,
}


def said(words: dict[str, str], value: str) -> str:
    """The word for what the register keeps; empty for nothing."""
    return next((word for word, kept in words.items() if kept == value), value)
