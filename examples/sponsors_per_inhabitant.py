"""Which regions had more sponsors' money per inhabitant in 2018 than the country, and where is each figure printed?

Run it from the folder of the project: `python examples/sponsors_per_inhabitant.py`. In a notebook the same lines work
cell by cell.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that the project need not be installed

import rzh_data

INDICATOR, PERIOD = "tugan_zher_sponsors", "2018"


def answer() -> str:
    """The regions above the country, most money per inhabitant first, each with its printed figure and place."""
    ranking = rzh_data.ask("region_ranking", indicator=INDICATOR, period=PERIOD, per="capita").dropna(subset="value")
    country = ranking.loc[ranking["region_id"] == "kazakhstan", "value"].iloc[0]
    above = ranking[(ranking["region_id"] != "kazakhstan") & (ranking["value"] > country)]
    above = above.sort_values("value", ascending=False)
    names = rzh_data.table("regions").set_index("region_id")["short_en"]
    lines = [f"Kazakhstan: {country:,.0f} tenge per inhabitant, {PERIOD}"]
    for region in above.itertuples():
        printed = rzh_data.places(region.observation_ids).query("is_first")
        where = "; ".join(
            f"{place.document_en}, {place.language} line {place.line}: {place.printed}"
            for place in printed.itertuples()
        )
        lines.append(f"{names[region.region_id]}: {region.value:,.0f} ({where})")
    lines.append(
        f"Data version {rzh_data.data_version()}; values per inhabitant are computed, the amounts are printed."
    )
    return "\n".join(lines)


if __name__ == "__main__":
    print(answer())
