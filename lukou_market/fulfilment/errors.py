"""Why a parcel can't take its next step."""

from django.utils.translation import gettext_lazy as _

from lukou_market.kernel.errors import DomainError


class NotToPack(DomainError):
    code = "not_to_pack"
    sentence = _("Only a paid order that has not been packed yet can be packed.")


class PackedMeanwhile(DomainError):
    code = "packed_meanwhile"
    sentence = _("Some of these boxes have been packed meanwhile. Look at the table again.")


class TooManyBoxes(DomainError):
    code = "too_many_boxes"
    sentence = _("So many boxes are not left of this order.")


class TooLight(DomainError):
    """Below the tolerance; `least_kg` in the detail."""

    code = "too_light"
    sentence = _("Too light to be sent: at least %(least_kg)s kg. Weigh again, or add goods.")

    def __str__(self) -> str:
        return str(self.sentence) % self.detail


class RestIsPaid(DomainError):
    code = "rest_is_paid"
    sentence = _("The boxes left are paid for: send them, or give their money back first.")


class NotWithdrawable(DomainError):
    code = "not_withdrawable"
    sentence = _("The order is packed or on its way. Ask for money back instead.")


class NotToShip(DomainError):
    code = "not_to_ship"
    sentence = _("Only a packed order that has not been shipped yet can be shipped.")


class NotShipped(DomainError):
    code = "not_shipped"
    sentence = _("Only an order that is on its way can be received.")


class TwoMembers(DomainError):
    code = "parcel_for_two_members"
    sentence = _("This list sends every member a parcel: these boxes belong to more than one.")


class GoingBack(DomainError):
    code = "money_going_back"
    sentence = _("The buyer is getting all their money back: keep the goods.")


class WrongWeight(DomainError):
    code = "wrong_weight"
    status = 400
    sentence = _("The packed weight must be more than nothing.")


class TrackingMissing(DomainError):
    code = "tracking_missing"
    status = 400
    sentence = _("A carrier and a tracking number are needed.")


class TrackingNumberUsed(DomainError):
    code = "tracking_number_used"
    sentence = _("This tracking number belongs to another parcel.")


class NotBookable(DomainError):
    code = "not_bookable"
    sentence = _("This carrier takes no bookings from here: type the number of its waybill.")


class BookingRefused(DomainError):
    """The carrier says no; `why` in the detail are its words."""

    code = "booking_refused"
    sentence = _("The carrier does not take this parcel. %(why)s")

    def __str__(self) -> str:
        return (str(self.sentence) % self.detail).strip()


class CarrierNotAnswering(DomainError):
    """Or not in a way we understand. Asking again is safe."""

    code = "carrier_not_answering"
    status = 503
    sentence = _(
        "The carrier does not answer. Try again: no parcel is booked twice. Or type the number."
    )


class NotClaimable(DomainError):
    code = "not_claimable"
    sentence = _("Spoiled goods can be shown once the parcel is on its way to you.")


class SpoiledTooMuch(DomainError):
    code = "spoiled_too_much"
    status = 400
    sentence = _("That is more than what was sent.")


class PhotoMissing(DomainError):
    code = "photo_missing"
    status = 400
    sentence = _("Please add a photo that shows what is spoiled.")


class PhotoTooLarge(DomainError):
    code = "photo_too_large"
    status = 400
    sentence = _("This photo is too large: at most 10 MB and 40 million pixels.")


class PhotoNotRead(DomainError):
    code = "photo_not_read"
    status = 400
    sentence = _("This file is no photo that we can read. JPEG, PNG and WebP will do.")


class ReasonMissing(DomainError):
    code = "reason_missing"
    status = 400
    sentence = _("Please say why you take it.")
