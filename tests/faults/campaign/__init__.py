"""The fault campaign: offices at work are broken at seeded points, and examined afterwards."""
