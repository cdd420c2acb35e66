"""The instructions for the chat model, as plain files: the code only finds them."""
