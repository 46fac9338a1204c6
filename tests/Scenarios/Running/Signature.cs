using ColdChain.Scenarios.Tests.Notation;
using ColdChain.Server.Store;

namespace ColdChain.Scenarios.Tests.Running;

/// <summary>A person's decision, on what was known when it was signed.</summary>
internal static class Signature
{
    public static void Write(StoreTransaction transaction, SignStep sign)
    {
        var holds = HoldStore.OfBloodUnit(transaction, sign.Donation, sign.Product).Where(hold => hold.Stands && hold.Unit == sign.Unit && hold.ExposureId is null).ToList();
        foreach (var hold in holds)
        {
            var finding = FindingStore.Find(transaction, hold.FindingId)!.Finding; // It is the ground of a hold.
            var watermark = StreamStore.OfDevice(transaction, finding.Probe.Device).Max(stream => stream.LatestAt);
            DecisionStore.Sign(transaction, hold, new DecisionRow(0, hold.Id, sign.Kind, "Dr. A", sign.At, "assessed", hold.FindingId, finding.Version, watermark));
        }
    }
}
