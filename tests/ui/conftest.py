"""The browser, and the style page also where debugging is off."""
