"""What the parser gets wrong by habit in news, mended on the finished parse, by kind of mistake."""
