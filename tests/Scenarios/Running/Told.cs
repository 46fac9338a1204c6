using System.Globalization;
using ColdChain.Core.Readings;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;

namespace ColdChain.Scenarios.Tests.Running;

/// <summary>What people are told beside findings, holds and conditions, which are shown as what they have become.</summary>
internal static class Told
{
    private static readonly string[] Kinds =
    [
        EventKinds.DeviceSilent, EventKinds.DeviceHeardAgain, EventKinds.SiteSilent, EventKinds.SiteHeardAgain, EventKinds.ReadingsDated, EventKinds.ClockContradicted,
        EventKinds.ReadingConflict, EventKinds.ContentsMismatch, EventKinds.LookbackRequired, EventKinds.DecisionReopened,
    ];

    public static IEnumerable<string> Of(Scene scene, Instant day) => scene.Read(session => EventLog.Read(session, 0, int.MaxValue)
        .Where(row => Kinds.Contains(row.Kind))
        .Select(row => $"{Written.Time(row.At, day)} {row.Kind} {About(session, row)}")
        .ToList());

    private static string About(StoreSession session, EventRow row) => row switch
    {
        { Kind: EventKinds.LookbackRequired } when long.TryParse(row.Subject, CultureInfo.InvariantCulture, out var finding) =>
            $"{row.Unit}: {string.Join(", ", LookbackStore.OfFinding(session, finding).Where(left => left.ToldAt == row.At).Select(Left))}",
        { Unit: { } unit } when unit.Value != row.Subject => $"{unit}: {row.Subject}",
        _ => row.Subject,
    };

    private static string Left(LookbackRow row) => $"{row.Donation} {row.Product}{(row.Left.WentTo is { } unit ? $", now in {unit}" : "")}";
}
