"""事项台账: matters, the three fixes, milestones, progress, evidence, close-out."""
