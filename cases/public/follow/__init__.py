"""Following by feed or e-mail. The one package that writes a Subscription; an address is in no URL and in no log."""
