"""Why an organisation's order is refused."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class NotAnAddressList(DomainError):
    code = "not_an_address_list"
    status = 422
    sentence = _(
        "This is no address list that can be read. Please download the template and fill it in."
    )


class AddressListTooLong(DomainError):
    code = "address_list_too_long"
    status = 422
    sentence = _("This list is too long. Please split it: at most 2,000 rows and 2 MB each.")


class AddressListEmpty(DomainError):
    code = "address_list_empty"
    status = 422
    sentence = _("The list names nobody. Write one member in each row below the titles.")


class NotForOrganisations(DomainError):
    code = "not_for_organisations"
    sentence = _("This product can't be ordered by organisations right now.")
