enum ThemeRoom {}
