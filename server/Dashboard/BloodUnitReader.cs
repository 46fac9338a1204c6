using ColdChain.Core.Exposure;
using ColdChain.Core.Readings;
using ColdChain.Core.Rules;
using ColdChain.Server.Dashboard.Views;
using ColdChain.Server.Fleet;
using ColdChain.Server.Store;

namespace ColdChain.Server.Dashboard;

/// <summary>Reads what the page of one blood unit shows.</summary>
internal sealed class BloodUnitReader(RecordStore store, FleetView fleet, Func<Placements> placements)
{
    /// <summary>The blood unit; null when nobody has entered it.</summary>
    public BloodUnitView? Read(string donation, string product, Instant now)
    {
        var current = fleet.Current;
        return store.Read(session =>
        {
            var stays = ContentsStore.OfBloodUnit(session, donation, product);
            if (stays.Count == 0)
            {
                return null;
            }

            var places = placements().Of(session, stays, now);
            return new BloodUnitView
            {
                Donation = donation,
                Product = product,
                Name = places.Reverse().Select(place => place.Pack?.Find(product, place.Context)?.Name).OfType<LocalName>().FirstOrDefault(),
                Exposure = Ledger.Judge(product, places, now),
                Places = [.. PlacesOf(places, current).Reverse()],
                Holds = [.. UnitReader.HoldsOf(HoldStore.OfBloodUnit(session, donation, product))],
                Decisions = [.. DecisionStore.StandingOnBloodUnit(session, donation, product).AsEnumerable().Reverse().Select(CaseReader.DecisionOf)],
                Zone = current.FindSite(places.Count == 0 ? "" : places[^1].Site)?.Zone ?? TimeZoneInfo.Utc,
            };
        });
    }

    private static IEnumerable<PlaceView> PlacesOf(IEnumerable<Placement> places, FleetHistory fleet)
    {
        Instant? left = null;
        foreach (var place in places)
        {
            if (left < place.In)
            {
                yield return new PlaceView(null, null, null, false, left.Value, place.In);
            }

            yield return new PlaceView(
                place.Unit.Value, fleet.FindUnit(place.Unit)?.Name ?? place.Unit.Value, fleet.FindSite(place.Site)?.Name, place.Context == StorageContext.Transport, place.In, place.Out);
            left = place.Out;
        }
    }
}
