"""Questions to answers: understanding, evidence, wording and the surfaces they are asked on."""
