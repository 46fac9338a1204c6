using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Mqtt.Link;
using ColdChain.Server.Quarantine;
using ColdChain.Server.Store;
using ColdChain.Simulation.Tests.Clockwork;
using ColdChain.Simulation.Tests.Faults;
using ColdChain.Simulation.Tests.Machines;
using ColdChain.Simulation.Tests.Network;

namespace ColdChain.Simulation.Tests.Checks;

/// <summary>I5: the same inputs, fed in order to a server that nothing happens to, give the same findings and holds.</summary>
internal static class CleanRun
{
    private const int PackMax = 50;

    /// <summary>Long enough for a server that has just started to excuse nothing any more; short enough that no reading lies too far ahead of its clock.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(13.5);

    public static IEnumerable<Violation> Compare(Site site)
    {
        var (here, there) = (Judgement(site, site.Session), Fresh(site));
        return here.Except(there).Select(line => new Violation("I5", $"a server that was fed in order does not find: {line}"))
            .Concat(there.Except(here).Select(line => new Violation("I5", $"only a server that was fed in order finds: {line}")));
    }

    private static List<string> Fresh(Site site)
    {
        var random = new Random(0);
        var (trace, counts, ledger) = (new Trace(), new FaultCounts(), new Ledger());
        var pump = new Pump(site.Pump.Now - Length, random);
        var room = new MachineRoom(pump, random, trace, new Broker(pump, random, kind => counts.Add(kind)), ledger);
        using var server = new ServerMachine(room, site.FleetFile, Site.RulesFolder);
        using var feeder = new SimulatedProcess("feeder", pump, trace, () => 0, 0);
        server.Start();
        var link = room.Broker.Open("feeder", feeder);
        pump.Run(TimeSpan.FromMinutes(1));
        server.Process!.Start(() => EnterAsync(site, server), _ => { }); // It was started.
        pump.Run(TimeSpan.FromSeconds(10));
        feeder.Start(() => FeedAsync(site, link), error => ledger.Violations.AddRange(error is null ? [] : [new Violation("I5", $"a fresh server could not be fed: {error.Message}")]));
        pump.Run(Length - TimeSpan.FromTicks(pump.Elapsed));
        return [.. Judgement(site, new StoreSession(server.Disk.Inspect())), .. ledger.Violations.Select(violation => violation.ToString())];
    }

    private static async Task EnterAsync(Site site, ServerMachine server)
    {
        var running = server.Running ?? throw new InvalidOperationException("A server without faults is up within a minute.");
        foreach (var stay in Stays(site))
        {
            var bloodUnit = new BloodUnit(stay.Donation, stay.Product);
            await running.Store.WriteAsync(
                WritePriority.Decision,
                transaction => ContentsEntry.Enter(transaction, running.Fleet.Current, running.Packs, new NewStay(stay.Unit, bloodUnit, stay.InAt, stay.OutAt) { IsFact = true }, Instant.Now(server.Process!.Clock)), // It runs.
                CancellationToken.None);
        }
    }

    private static IEnumerable<ContentsRow> Stays(Site site) => site.Truth.Units
        .SelectMany(unit => ContentsStore.Inside(site.Session, new StorageUnitId(unit.Id), Instant.Beginning, Instant.End))
        .OrderBy(stay => stay.InAt);

    private static async Task FeedAsync(Site site, SimulatedLink link)
    {
        foreach (var device in site.Truth.Devices)
        {
            foreach (var stream in DeviceStreams.Of(site.Session, device.Id).InOrder)
            {
                foreach (var pack in Packs(site, stream))
                {
                    await link.PublishAsync(new MqttMessage(Topics.Up(device.Id, UpKind.Backfill), PackCodec.Encode(pack)), CancellationToken.None);
                }

                if (stream.Heartbeat() is { } last)
                {
                    var status = last with { Anchors = [.. AnchorStore.OfDevice(site.Session, device.Id).TakeLast(WireLimits.AnchorsMax)] };
                    await link.PublishAsync(new MqttMessage(Topics.Up(device.Id, UpKind.Status), ControlCodec.EncodeStatus(status)), CancellationToken.None);
                }
            }
        }
    }

    // What the edges committed and the server has, in packs of consecutive numbers.
    private static IEnumerable<Pack> Packs(Site site, StreamRow stream)
    {
        foreach (var (first, last) in stream.Held.Ranges)
        {
            for (var from = first; from <= last; from += PackMax)
            {
                var to = Math.Min(last, from + PackMax - 1);
                yield return new Pack(stream.Device, stream.Epoch, [.. Seqs(from, to).Select(seq => site.Ledger.Find(stream.Device.Value, stream.Epoch, seq)).OfType<CommittedRow>().Select(row => row.ToReading())]);
            }
        }
    }

    private static IEnumerable<long> Seqs(long first, long last)
    {
        for (var seq = first; seq <= last; seq++)
        {
            yield return seq;
        }
    }

    // What runs is as long as it was when it was last looked at: that says nothing.
    private static List<string> Judgement(Site site, StoreSession session)
    {
        var lines = new List<string>();
        foreach (var unit in site.Truth.Units)
        {
            var id = new StorageUnitId(unit.Id);
            var findings = FindingStore.Current(session, id);
            lines.AddRange(findings.Select(Shape));
            lines.AddRange(
                from hold in HoldStore.OfUnit(session, id)
                where hold.State == HoldWords.Held && hold.ExposureId is null
                let finding = findings.Find(row => row.Finding.Id == hold.FindingId)
                select $"{hold.Kind} {hold.Unit} {hold.Donation} {hold.Product} since {hold.Since} for {(finding is null ? "nothing" : Shape(finding))}");
        }

        lines.AddRange(
            from bloodUnit in site.Truth.Stays.Select(stay => (stay.Donation, stay.Product)).Distinct()
            from exposure in ExposureStore.Current(session, bloodUnit.Donation, bloodUnit.Product)
            select $"{exposure.Donation} {exposure.Product} {exposure.Allowance} {exposure.Verdict} since {exposure.Since} in {exposure.Unit}, only possibly: {exposure.OnlyPossible}");
        return lines;
    }

    private static string Shape(FindingRow row)
    {
        var stretch = row.Finding.Stretch;
        stretch = stretch.EndReason == EndReason.Open ? stretch with { LastKnown = stretch.Start } : stretch;
        return $"{row.Unit} {row.Finding.Probe} alarmed {row.Finding.AlarmedAt} {stretch.ToJson()}";
    }
}
