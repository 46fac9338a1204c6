using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Simulation.Tests.Checks;
using ColdChain.Simulation.Tests.Clockwork;
using ColdChain.Simulation.Tests.Faults;
using ColdChain.Simulation.Tests.Truth;

namespace ColdChain.Simulation.Tests;

/// <summary>One run: phases of faults, one after the other, and in the end a time without any in which everything must come right.</summary>
internal sealed class Simulator : IDisposable
{
    private static readonly Instant Start = Instant.From(new DateTimeOffset(2026, 11, 2, 0, 0, 0, TimeSpan.Zero));
    private static readonly TimeSpan AskEvery = TimeSpan.FromMinutes(60);
    private static readonly TimeSpan WatchEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DrainStep = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan DrainMost = TimeSpan.FromMinutes(60);

    private readonly int _seed;
    private readonly Site _site;
    private readonly FaultDriver _faults;
    private readonly TimeSpan _length;
    private readonly List<(string Phase, FaultKind[] Kinds, TimeSpan Length)> _phases;
    private readonly List<(string, Violation)> _violations = [];
    private readonly DeliveryChecks _delivery;
    private readonly LogChecks _log;
    private readonly JudgementChecks _judgement;
    private readonly IssueChecks _issue;
    private readonly ExposureChecks _exposure;
    private readonly ConditionChecks _conditions;
    private readonly AlarmChecks _alarm;
    private readonly BoundChecks _bounds;
    private readonly Planting _planting;

    private Simulator(int seed, SimulationOptions options)
    {
        _seed = seed;
        var random = new Random(seed);
        _phases = PhasePlan.Make(random);
        _length = TimeSpan.FromTicks(_phases.Sum(phase => phase.Length.Ticks));
        _site = new Site(random, new Trace { Listener = options.Listener }, Start, Generator.Make(random, Start, _length));
        _faults = new FaultDriver(_site);
        (_delivery, _log, _judgement) = (new DeliveryChecks(_site), new LogChecks(_site), new JudgementChecks(_site));
        _conditions = new ConditionChecks(_site);
        (_exposure, _issue, _alarm, _bounds) = (new ExposureChecks(_site), new IssueChecks(_site), new AlarmChecks(_site), new BoundChecks(_site));
        _site.Broker.Published = Published;
        _planting = new Planting(_site, options.Defect);
    }

    /// <summary>Runs a seed.</summary>
    public static SimulationResult Run(int seed, SimulationOptions options)
    {
        using var simulator = new Simulator(seed, options);
        try
        {
            simulator.Run();
        }
        catch (Exception error)
        {
            simulator.Note([new Violation("run", error.ToString())]);
        }

        return simulator.Result();
    }

    public void Dispose() => _site.Dispose();

    private void Run()
    {
        _planting.Begin();
        _site.Start();
        Ask();
        Watch();
        foreach (var (phase, kinds, length) in _phases)
        {
            _site.Counts.Phase = phase;
            _site.Tell($"phase {phase}: {string.Join(", ", kinds)}");
            _faults.Begin(kinds, length);
            _site.Pump.Run(length);
            _faults.End();
            Note(AtAnyTime());
        }

        Drain();
        Note([.. _delivery.AtTheEnd(), .. _log.AtAnyTime(), .. _judgement.AtTheEnd(), .. _exposure.AtTheEnd(), .. _conditions.AtTheEnd(), .. CleanRun.Compare(_site), .. _bounds.AtTheEnd()]);
    }

    private SimulationResult Result()
    {
        var days = _site.Pump.Elapsed / (double)TimeSpan.TicksPerDay * _site.Truth.Units.Count;
        return new SimulationResult(_seed, _site.Trace.Hash, _violations, _site.Trace.Tail, _site.Counts, days, _site.Ledger.CommittedCount, _issue.Count);
    }

    private List<Violation> AtAnyTime()
    {
        List<Violation> found = [.. _delivery.AtAnyTime(), .. _log.AtAnyTime()];
        _site.Ledger.Violations.Clear();
        return found;
    }

    // Somebody asks now and then, and sees what is on the screen.
    private void Ask() => _site.Pump.After(_site.Room.UpTo(AskEvery), null, () =>
    {
        Note([.. _issue.Now()]);
        Ask();
    });

    private void Watch() => _site.Pump.After(WatchEvery, null, () =>
    {
        Note([.. _alarm.Now()]);
        Watch();
    });

    // The clocks are right again, and everything that waits gets where it belongs: I9.
    private void Drain()
    {
        _site.Counts.Phase = "drain";
        _site.Tell("phase drain");
        _site.Server.WallOffset = 0;
        foreach (var edge in _site.Edges)
        {
            edge.SetClock();
        }

        var waited = TimeSpan.Zero;
        for (; waited < DrainMost && !(waited >= TimeSpan.FromMinutes(20) && _delivery.IsDrained()); waited += DrainStep)
        {
            _site.Pump.Run(DrainStep);
        }

        foreach (var sampled in _site.Truth.Devices.SelectMany(device => device.Sampled))
        {
            sampled.HasEnded = true;
        }

        _site.Pump.Run(TimeSpan.FromMinutes(3));
        if (!_delivery.IsDrained())
        {
            _site.Pump.Run(TimeSpan.FromSeconds(10)); // A heartbeat was on its way.
        }

        if (!_delivery.IsDrained())
        {
            _violations.Add(("drain", new Violation("I9", $"{waited} after the last fault something still waits: {_delivery.WhatWaits()}")));
        }
    }

    private void Note(IReadOnlyCollection<Violation> violations)
    {
        _violations.AddRange(violations.Select(violation => (_site.Counts.Phase, violation)));
        foreach (var violation in violations)
        {
            _site.Tell($"VIOLATION {violation}");
        }
    }

    // I4, at the moment of saying: a statement covers only what the record store has.
    private void Published(string client, Mqtt.Link.MqttMessage message)
    {
        if (!message.Topic.EndsWith("/down/ack", StringComparison.Ordinal) || !ControlCodec.TryDecodeAck(message.Payload.Span, out var ack, out _))
        {
            return;
        }

        var device = message.Topic.Split('/')[2];
        _site.Trace.Add(_site.Pump.Now, client, $"acknowledges {device} up to {ack.UpTo} and {ack.Ranges}");
        _site.Ledger.Acknowledge(device, ack.Epoch, ack.Covered());
    }
}
