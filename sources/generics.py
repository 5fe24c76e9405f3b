"""Django's forms and admins with the type arguments that their stubs ask for and Django itself does not take."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db.models import Model

if TYPE_CHECKING:
    FormSet = forms.BaseFormSet[Any]
    InlineFormSet = forms.BaseInlineFormSet[Model, Any, Any]
    ModelForm = forms.ModelForm[Any]
    ModelAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
    TabularInline = admin.TabularInline[Any, Any]
else:
    FormSet, InlineFormSet, ModelForm = forms.BaseFormSet, forms.BaseInlineFormSet, forms.ModelForm
    ModelAdmin, StackedInline, TabularInline = admin.ModelAdmin, admin.StackedInline, admin.TabularInline
