"""How well a base answers: labelled questions put to it, judged, and counted."""
