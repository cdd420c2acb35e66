"""What Gouji says and (where a model is configured) what it tells the model, as plain files.

``wording.yaml`` holds every sentence of an answer in Chinese and English;
`assistant.answering.wording` loads and checks it when first needed. ``draft/`` holds the sentences
of a drafted report; `assistant.draft.wordings` loads them. The ``.md`` files are what a chat model
is told, each with its purpose, its user and its placeholders at the head;
`assistant.helping.instructions` loads and checks them when a model is set up.
"""

from pathlib import Path

FOLDER = Path(__file__).parent
