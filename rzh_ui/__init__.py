"""What pages share: language, address, numbers, charts, map, passports. Knows no page."""
