using System.Text.Json;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Signals;
using ColdChain.Core.Wire;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Ingest;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Excursions;

/// <summary>From the states of a signal, in whatever order they come, to what is stored and told of it.</summary>
public sealed class ConditionTests
{
    private static readonly StorageUnitId Unit = new("fridge-1");
    private static readonly ProbeId Load = new(new DeviceId("pi-001"), "load");
    private static readonly ProbeId Door = new(new DeviceId("pi-001"), "door");

    [Fact]
    public async Task Door_OpenForLonger_IsToldWhenItIsAndWhenItIsOver()
    {
        using var scene = await Scene.StartAsync();

        await scene.SendAsync((0, false), (5, true));
        await scene.Server.JudgeAsync();
        scene.Conditions().Should().Equal("door-open 5-");
        await scene.SendAsync((17, false));
        await scene.Server.JudgeAsync();

        scene.Conditions().Should().Equal("door-open 5-17");
        scene.Told().Should().Equal("condition-opened door-open", "condition-closed door-open");
        scene.Server.Holds(Unit).Should().BeEmpty("a condition explains and holds nothing");
    }

    [Fact]
    public async Task Door_OpenNow_IsToldWhenItsDelayIsOverWithoutAnotherReading()
    {
        using var scene = await Scene.StartAsync();

        await scene.SendAsync((0, false), (58, true));
        await scene.Server.JudgeAsync();
        scene.Conditions().Should().BeEmpty();
        await scene.Server.JudgeAfterAsync(SignalRule.DoorDelay);

        scene.Conditions().Should().Equal("door-open 58-");
        scene.Told().Should().Equal("condition-opened door-open");
    }

    [Fact]
    public async Task Door_ThatLateDataShowsShut_IsRetractedAndSaidSo()
    {
        using var scene = await Scene.StartAsync();
        await scene.SendAsync((0, false), (5, true), (17, false));
        await scene.Server.JudgeAsync();

        await scene.SendAsync((7, false), (16, true));
        await scene.Server.JudgeAsync();

        scene.Conditions().Should().BeEmpty();
        scene.Told().Should().Equal("condition-opened door-open", "condition-retracted door-open");
    }

    [Fact]
    public async Task Door_FoundLate_SaysByHowMuch()
    {
        using var scene = await Scene.StartAsync();

        await scene.SendAsync((0, false), (5, true), (17, false));
        await scene.Server.JudgeAsync();

        var payload = JsonDocument.Parse(scene.Events().Single().Payload).RootElement;
        payload.GetProperty("foundLate").GetBoolean().Should().BeTrue();
        payload.GetProperty("delaySeconds").GetInt64().Should().Be(52 * 60);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Signals_InAnyOrderOfArrival_TellTheSame(int seed)
    {
        var random = new Random(seed);
        var states = Enumerable.Range(0, 58).Select(minute => (Minute: (double)minute, IsOpen: random.Next(3) > 0)).ToArray();
        using var inOrder = await Scene.StartAsync();
        await inOrder.SendAsync(states);
        await inOrder.Server.JudgeAsync();
        random.Shuffle(states);
        using var shuffled = await Scene.StartAsync();
        foreach (var chunk in states.Chunk(7))
        {
            await shuffled.SendAsync(chunk);
            await shuffled.Server.JudgeAsync();
        }

        shuffled.Conditions().Should().Equal(inOrder.Conditions()).And.NotBeEmpty();
    }

    private sealed class Scene(IngestBench bench, JudgingServer server, Instant start) : IDisposable
    {
        private long _seq;

        public JudgingServer Server => server;

        public static async Task<Scene> StartAsync()
        {
            var clock = new ManualTimeProvider(TimeProvider.System.GetUtcNow());
            var start = Instant.Now(clock) - TimeSpan.FromMinutes(60);
            var rule = SignalRule.Of(SignalKind.Door, isAgitated: null, TimeSpan.FromMinutes(60));
            var plan = JudgingServer.Plan(Unit, (Load, start, Instant.End)) with
            {
                Signals = [new PlannedSignal(Door, SignalKind.Door, new SignalJudge(Door, [new SignalSpan(start, Instant.End, rule)]))],
            };
            var bench = await IngestBench.StartAsync(fleet: IngestBench.FleetOf(FleetText));
            return new Scene(bench, new JudgingServer(bench, clock, plan), start);
        }

        public async Task SendAsync(params (double Minute, bool IsOpen)[] states)
        {
            foreach (var (minute, isOpen) in states)
            {
                var reading = Ingest.Some.Reading(++_seq, probe: Door, at: start + TimeSpan.FromMinutes(minute)) with { Value = null, State = isOpen };
                await bench.SendAsync(Ingest.Some.PackOf(reading), UpKind.Live);
            }
        }

        public List<string> Conditions() =>
            [.. bench.Store.Read(session => ConditionStore.Touching(session, Unit, Instant.Beginning, Instant.End, 100)).Select(row => row.Condition)
                .OrderBy(condition => condition.Start).Select(condition => $"{ConditionWords.Of(condition.Kind)} {Minute(condition.Start)}-{Minute(condition.End)}")];

        public List<EventRow> Events() =>
            bench.Store.Read(session => EventLog.Read(session, 0, 10_000)).FindAll(row => row.Kind.StartsWith("condition-", StringComparison.Ordinal));

        public IEnumerable<string> Told() =>
            Events().Select(row => $"{row.Kind} {JsonDocument.Parse(row.Payload).RootElement.GetProperty("kind").GetString()}");

        public void Dispose()
        {
            server.Dispose();
            bench.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }

        private string Minute(Instant? at) => at is { } instant ? $"{(instant - start).TotalMinutes:0}" : "";

        private const string FleetText = """
            sites: [{ id: rabat, name: Rabat, zone: Africa/Casablanca }]
            devices: [{ id: pi-001, site: rabat }]
            storage-units:
              - id: fridge-1
                name: Fridge 1
                site: rabat
                kind: refrigerator
                history:
                  - from: 2026-01-01T00:00:00Z
                    rules: eu-edqm
                    product: RBC
                    context: storage
                    probes: [{ id: pi-001/load, role: load }]
                    signals: [{ id: pi-001/door, kind: door }]
            """;
    }
}
