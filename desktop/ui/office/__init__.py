"""The Office room: the trail and the settings of the office."""
