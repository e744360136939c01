"""The form of a comment."""

from django import forms

from recommendations.models import Comment
from sakip.forms.unsaved import KeptForm


class CommentForm(KeptForm, forms.ModelForm):
    class Meta:
        model = Comment
        fields = ["text"]
        help_texts = {
            "text": "Tulis @ dan nama pengguna untuk memberi tahu seseorang, misalnya @rina."
        }
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
