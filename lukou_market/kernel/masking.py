"""What of a person's data a screen may show by default."""


def mask_name(name: str) -> str:
    """The family name only: 王小明 → 王**, 李雷 → 李*."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def mask_shown_name(name: str) -> str:
    """A user's shown name in front of all: masked, unless it is a phone that is masked already."""
    return name if "*" in name else mask_name(name)


def mask_phone(phone: str) -> str:
    """First three and last four digits: 13812345678 → 138****5678."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 11 else "****"


def mask_id_number(id_number: str) -> str:
    """Region and last digit only: 430212197001011234 → 430212***********4."""
    if len(id_number) < 8:
        return "*" * len(id_number)
    return id_number[:6] + "*" * (len(id_number) - 7) + id_number[-1]


def mask_account(number: str) -> str:
    """The last four digits: 6228480402564890018 → **** 0018."""
    return f"**** {number[-4:]}" if len(number) >= 12 else "****"
