"""What the body of a page is made of. Blocks are plain data: how they look is decided by the public site."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

TEXT_FEATURES = ["bold", "italic", "ol", "ul", "link", "document-link"]
LINE_FEATURES = ["bold", "italic", "link"]


class FigureBlock(blocks.StructBlock):
    """A picture. Its description is required unless the editor says that it only decorates."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=250)
    credit = blocks.CharBlock(label=_("Author or source"), required=False, max_length=120)


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Quotation"), rows=3)
    source = blocks.CharBlock(label=_("Who said it"), required=False, max_length=160)


class AttachmentBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    label = blocks.CharBlock(label=_("Text of the link"), required=False, max_length=200)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=200)


class BodyBlock(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=TEXT_FEATURES)
    heading = blocks.CharBlock(label=_("Heading"), icon="title", max_length=200)
    steps = blocks.ListBlock(
        blocks.RichTextBlock(features=LINE_FEATURES, label=_("Step")),
        label=_("Numbered steps"),
        icon="list-ol",
    )
    note = blocks.RichTextBlock(label=_("Attention"), icon="warning", features=LINE_FEATURES)
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(required=False)),
            ("rich_text", blocks.RichTextBlock(features=LINE_FEATURES)),
        ],
        label=_("Table"),
        icon="table",
    )
    figure = FigureBlock(label=_("Picture with caption"), icon="image")
    quote = QuoteBlock(label=_("Quotation"), icon="openquote")
    attachment = AttachmentBlock(label=_("Attached document"), icon="doc-full")


class PaperBlock(blocks.StructBlock):
    """One paper a citizen brings."""

    name = blocks.CharBlock(label=_("Name of the paper"), max_length=400)
    copies = blocks.CharBlock(
        label=_("Form and number of copies"),
        required=False,
        max_length=120,
        help_text=_("For example: 1 original"),
    )
    not_needed = blocks.CharBlock(label=_("Not needed when"), required=False, max_length=200)
    note = blocks.TextBlock(label=_("Note"), required=False, rows=2)
    when = blocks.CharBlock(
        label=_("Only in this case"),
        required=False,
        max_length=300,
        help_text=_("Empty: everybody brings it."),
    )
    template = DocumentChooserBlock(label=_("Blank form to fill in"), required=False)


class StepBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Step"), required=False, max_length=160)
    text = blocks.TextBlock(label=_("What happens"), rows=2)


class LawBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Document"), max_length=300)
    note = blocks.CharBlock(label=_("Note"), required=False, max_length=300)
    url = blocks.URLBlock(label=_("Address"), required=False)


class FormBlock(blocks.StructBlock):
    """A blank form. Without a file it is only named, so that people know what to ask for at the counter."""

    title = blocks.CharBlock(label=_("Name of the form"), max_length=300)
    source = blocks.CharBlock(label=_("Issued with"), required=False, max_length=200)
    document = DocumentChooserBlock(label=_("File"), required=False)


class SessionBlock(blocks.StructBlock):
    opens = blocks.TimeBlock(label=_("Opens"))
    closes = blocks.TimeBlock(label=_("Closes"))


WEEKDAYS = [
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
]


class HoursBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Days, in words"), max_length=120)
    weekdays = blocks.MultipleChoiceBlock(label=_("Days"), choices=WEEKDAYS)
    sessions = blocks.ListBlock(SessionBlock(), label=_("Hours"))
    counts = blocks.BooleanBlock(
        label=_("The whole one-stop desk is open"),
        required=False,
        default=True,
        help_text=_("Leave out for hours of one field only."),
    )


class ClosedDayBlock(blocks.StructBlock):
    date = blocks.DateBlock(label=_("Day"))
    reason = blocks.CharBlock(label=_("Reason"), max_length=120)


class PhoneBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Who answers"), max_length=120)
    phone = blocks.CharBlock(label=_("Telephone"), max_length=30)


class UnitBlock(blocks.StructBlock):
    """A unit as it introduces itself on the about page."""

    name = blocks.CharBlock(label=_("Name"), max_length=200)
    tasks = blocks.TextBlock(label=_("Tasks"), required=False, rows=3)
    phone = blocks.CharBlock(label=_("Telephone"), required=False, max_length=30)
    email = blocks.EmailBlock(label=_("Official mail"), required=False)
