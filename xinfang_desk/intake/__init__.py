"""What others wrote (xlsx, text, clipboard) to proposals the clerk confirms."""
