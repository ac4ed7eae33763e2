"""The people of the demonstration who can sign in. Their passwords are no secret."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils import timezone

from lukou_market.accounts.models import Role, RoleGrant, StaffDevice, User
from lukou_market.accounts.second_factor import new_key
from lukou_market.kernel.encryption import digest
from lukou_market.regions.models import Region
from lukou_market.streams.models import Host

HOST_PHONE = "13800000001"
BUYER_PHONE = "13800000002"
SECOND_HOST_PHONE = "13800000003"
PACKER_PHONE = "13800000004"
UNION_PHONE = "13800000005"


@dataclass(frozen=True)
class Login:
    """One login: by phone and code, or by user name and password, or both."""

    title: str
    name: str
    phone: str = ""
    username: str = ""
    role: str = ""
    level: str = ""

    @property
    def password(self) -> str:
        """What opens the admin for this login, if it may enter."""
        return f"lukou-demo-{self.username}" if self.username else ""


LOGINS = (
    Login("主播(镇党委书记)host", "谭书记", HOST_PHONE, role=Role.HOST),
    Login("主播(驻村工作队长)host", "罗队长", SECOND_HOST_PHONE, role=Role.HOST),
    Login("买家 buyer", "株洲买家", BUYER_PHONE),
    Login("打包员 packer", "易大姐", PACKER_PHONE, "packer", Role.PACKER, "village"),
    Login("工会经办人 trade union", "工会经办人", UNION_PHONE),
    Login("村级 village cadre", "浦湾村干部", "", "village", Role.CADRE, "village"),
    Login("镇级 town cadre", "朱亭镇干部", "", "town", Role.CADRE, "town"),
    Login("区级 district cadre", "绿口区干部", "", "district", Role.CADRE, "district"),
    Login("区级复核 2nd district cadre", "绿口区复核干部", "", "district2", Role.CADRE, "district"),
    Login("审计 auditor", "审计员", "", "auditor", Role.AUDITOR),
    Login("管理员 superuser", "管理员", "", "admin"),
)


def create_logins(village: Region, year: int) -> None:
    """Save all users with their roles; `village` and what it lies in are the jurisdictions."""
    town = village.parent
    regions = {"village": village, "town": town, "district": town.parent if town else None}
    users = User.objects.bulk_create(_user(login) for login in LOGINS)
    RoleGrant.objects.bulk_create(
        RoleGrant(user=user, role=login.role, region=regions.get(login.level))
        for login, user in zip(LOGINS, users, strict=True)
        if login.role
    )
    StaffDevice.objects.bulk_create(
        StaffDevice(user=user, key=new_key(), confirmed_at=timezone.now())
        for user in users
        if user.is_staff
    )
    hosts = [user for login, user in zip(LOGINS, users, strict=True) if login.role == Role.HOST]
    Host.objects.bulk_create(
        Host(
            user=user,
            village=village,
            certificate_number=f"ZB{year}{n:04d}",
            certified_during=DateRange(date(year - 1, 1, 1), date(year + 2, 1, 1)),
        )
        for n, user in enumerate(hosts, start=1)
    )


def _user(login: Login) -> User:
    return User(
        username=login.username or None,
        password=make_password(login.password or None),
        phone=login.phone,
        phone_digest=digest(login.phone) if login.phone else None,
        display_name=login.name,
        is_staff=bool(login.username),
        is_superuser=login.username == "admin",
    )
