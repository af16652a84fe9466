"""时限与颜色: the working-day calendar, rule sets, the colours of anything with a due day."""
