using ColdChain.Simulation.Tests.Machines;
using ColdChain.Simulation.Tests.Network;
using ColdChain.Simulation.Tests.Truth;

namespace ColdChain.Simulation.Tests.Faults;

/// <summary>Makes things go wrong for the length of a phase, and puts them right at its end.</summary>
internal sealed class FaultDriver(Site site)
{
    private static readonly TimeSpan UnsetBehindMost = TimeSpan.FromDays(3);

    /// <summary>A server with a full disk tries again every second, and opens its store anew: an hour of that is most of a run's work.</summary>
    private static readonly TimeSpan FullMost = TimeSpan.FromMinutes(12);

    private readonly HashSet<FaultKind> _active = [];

    /// <summary>Lets some kinds of faults happen within the next time.</summary>
    public void Begin(IReadOnlyCollection<FaultKind> kinds, TimeSpan length)
    {
        _active.UnionWith(kinds);
        site.Broker.Weather = new Weather
        {
            DelayMost = _active.Contains(FaultKind.Delay) ? TimeSpan.FromSeconds(site.Random.Next(1, 40)) : Weather.Fair.DelayMost,
            Breaks = Some(FaultKind.BrokenConnections, 0.03),
            Forgets = Some(FaultKind.Loss, 0.1),
            Duplicates = Some(FaultKind.Duplication, 0.2),
            Reorders = Some(FaultKind.Reordering, 0.3),
            IsForgetful = _active.Contains(FaultKind.ForgetfulBroker),
        };
        site.Pump.KillsBefore = process => Kills(process.Name, 0.0003);
        site.Room.KillsAtCommit = (process, moment) => Kills(process.Name, 0.003);
        foreach (var kind in kinds.Order())
        {
            Plan(kind, length);
        }
    }

    /// <summary>Puts everything right.</summary>
    public void End()
    {
        _active.Clear();
        site.Broker.Weather = Weather.Fair;
        site.Pump.KillsBefore = _ => false;
        site.Room.KillsAtCommit = (_, _) => false;
        Reconnect();
        site.Server.Disk.Fill(false, site.Pump.Now);
        foreach (var edge in site.Edges)
        {
            edge.Disk.Fill(false, site.Pump.Now);
            foreach (var probe in edge.Truth.Probes)
            {
                probe.Fault = SensorFault.None;
            }

            foreach (var signal in edge.Truth.Signals)
            {
                signal.IsBroken = false;
            }
        }
    }

    // Less than half of the shortest interval: a clock that is set back further shuffles samples of two times into each other, and what a probe's health
    // makes of that is not in the oracle.
    private long StepOfEdge() => TimeSpan.FromMilliseconds(site.Random.Next(-60_000, 60_000)).Ticks;

    private double Some(FaultKind kind, double most) => _active.Contains(kind) ? site.Random.NextDouble() * most : 0;

    private bool Kills(string process, double probability)
    {
        var kind = process == "server" ? FaultKind.ServerCrash : FaultKind.EdgeCrash;
        if (!_active.Contains(kind) || site.Random.NextDouble() >= probability)
        {
            return false;
        }

        site.Counts.Add(kind.ToString());
        site.Trace.Add(site.Pump.Now, process, "killed");
        return true;
    }

    private void Plan(FaultKind kind, TimeSpan length)
    {
        switch (kind)
        {
            case FaultKind.EdgePartition:
                Sometimes(kind, length, () => Part(AnyEdge().Client, isSilent: false, length));
                break;
            case FaultKind.Cut:
                CutOff();
                break;
            case FaultKind.ServerPartition:
                Sometimes(kind, length, () => Part(ServerMachine.Clients[site.Random.Next(2)], isSilent: false, length));
                break;
            case FaultKind.SilentPartition:
                Sometimes(kind, length, () => Part(site.Random.Next(2) == 0 ? AnyEdge().Client : ServerMachine.Clients[site.Random.Next(2)], isSilent: true, length));
                break;
            case FaultKind.ForgetfulBroker:
                Sometimes(kind, length, site.Broker.Forget);
                break;
            case FaultKind.PowerCut:
                Sometimes(kind, length, () => AnyEdge().CutPower());
                break;
            case FaultKind.EdgeDiskFull:
                Sometimes(kind, length, () => Fill(AnyEdge().Disk, length));
                break;
            case FaultKind.ServerDiskFull:
                Sometimes(kind, length, () => Fill(site.Server.Disk, length));
                break;
            case FaultKind.EdgeClockStep:
                Sometimes(kind, length, () => AnyEdge().StepClock(StepOfEdge()));
                break;
            case FaultKind.UnsetClock:
                Sometimes(kind, length, () => LoseClock(AnyEdge(), length));
                break;
            case FaultKind.ServerClockStep:
                Sometimes(kind, length, () => site.Server.WallOffset = TimeSpan.FromMilliseconds(site.Random.Next(-20_000, 20_000)).Ticks);
                break;
            case FaultKind.SensorFault:
                Sometimes(kind, length, () => BreakProbe(length));
                break;
            case FaultKind.OutboxLost:
                Sometimes(kind, length, () => AnyEdge().LoseOutbox(isNoticed: site.Random.Next(2) == 0));
                break;
        }
    }

    private void Sometimes(FaultKind kind, TimeSpan length, Action happens)
    {
        for (var times = site.Random.Next(1, 4); times > 0; times--)
        {
            site.Pump.After(site.Random.NextDouble() * length * 0.9, null, () =>
            {
                if (_active.Contains(kind))
                {
                    site.Counts.Add(kind.ToString());
                    site.Tell(kind.ToString());
                    happens();
                }
            });
        }
    }

    private EdgeMachine AnyEdge() => site.Edges[site.Random.Next(site.Edges.Count)];

    private void Part(string client, bool isSilent, TimeSpan length)
    {
        site.Broker.Partition(client, isAway: true, isSilent);
        site.Pump.After(site.Random.NextDouble() * length, null, () => site.Broker.Partition(client, isAway: false));
    }

    private void CutOff()
    {
        site.Counts.Add(FaultKind.Cut.ToString());
        foreach (var client in site.Random.Next(2) == 0 ? [AnyEdge().Client] : ServerMachine.Clients)
        {
            site.Broker.Partition(client, isAway: true);
        }
    }

    private void Fill(Stores.MemoryDisk disk, TimeSpan length)
    {
        disk.Fill(true, site.Pump.Now);
        site.Pump.After(site.Random.NextDouble() * (length < FullMost ? length : FullMost), null, () => disk.Fill(false, site.Pump.Now));
    }

    // It may be longer than the phase until a time server is reached again.
    private void LoseClock(EdgeMachine edge, TimeSpan length)
    {
        edge.LoseClock((site.Random.NextDouble() * UnsetBehindMost).Ticks);
        site.Pump.After(site.Random.NextDouble() * length * 2, null, edge.SetClock);
    }

    private void BreakProbe(TimeSpan length)
    {
        var device = AnyEdge().Truth;
        if (device.Signals.Count > 0 && site.Random.Next(4) == 0)
        {
            var signal = device.Signals[site.Random.Next(device.Signals.Count)];
            signal.IsBroken = true;
            site.Pump.After(site.Random.NextDouble() * length, null, () => signal.IsBroken = false);
            return;
        }

        var probes = device.Probes;
        var probe = probes[site.Random.Next(probes.Count)];
        (probe.Fault, probe.Lies) = ((SensorFault)site.Random.Next((int)SensorFault.NoAnswer, (int)SensorFault.Leap + 1), site.Random.Next(1, 5));
        site.Pump.After(site.Random.NextDouble() * length, null, () => probe.Fault = SensorFault.None);
    }

    private void Reconnect()
    {
        foreach (var client in site.Edges.Select(edge => edge.Client).Concat(ServerMachine.Clients))
        {
            site.Broker.Partition(client, isAway: false);
        }
    }
}
