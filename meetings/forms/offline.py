"""What a device says about the meeting it has taken along."""

from django import forms


class DeviceForm(forms.Form):
    """Which device; and, once it has fetched what it may, how many papers it holds whole."""

    device = forms.UUIDField()
    ready = forms.IntegerField(required=False, min_value=0, max_value=30_000)
