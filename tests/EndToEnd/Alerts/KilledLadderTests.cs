using ColdChain.Core.Readings;
using ColdChain.EndToEnd.Tests.Processes;
using ColdChain.Server.Store;

namespace ColdChain.EndToEnd.Tests.Alerts;

/// <summary>The real server dies by SIGKILL at every step of a ladder, half of the times while a message is being handed over.</summary>
public sealed class KilledLadderTests : IDisposable
{
    private const int Steps = 5;

    private readonly SmallSite _site = new();
    private readonly AlertListener _listener = new();

    public KilledLadderTests() => _site.Write("key", AlertListener.Key);

    [Fact]
    public async Task Ladder_WhoseServerIsKilledAtEveryStep_TakesTheNextOneAllTheSame()
    {
        await HappenAsync();
        long before = 0;
        for (var step = 0; step <= Steps; step++)
        {
            await using var server = _site.StartServer(Yaml());
            before = await NewMessageAsync(before, isAnswered: step % 2 == 0);
            await server.KillAsync();
        }

        await using var store = RecordStore.Open(Path.Combine(_site.File("data"), "record.db"), TimeProvider.System);
        var decided = store.Read(session => NotificationStore.OfIncident(session, 1, 1000));
        decided.Select(one => one.Step).Distinct().Order().Should().Equal(Enumerable.Range(0, decided.Max(one => one.Step) + 1), "no step is missing: each was told, or overtaken by one that was");
        decided.Count(one => one.Decision.IsSent).Should().BeGreaterThanOrEqualTo(Steps + 1);
        decided.Select(one => one.Round).Distinct().Should().Equal([1], "a start begins no ladder anew");
        store.Read(session => session.Query("SELECT count(*) FROM message_states WHERE state = 'sending' GROUP BY message", row => row.GetInt64(0))).Should().OnlyContain(attempts => attempts <= 2);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _site.Dispose();
    }

    // The server hears nobody: critical, and with nothing to wait for.
    private async Task HappenAsync()
    {
        Directory.CreateDirectory(_site.File("data"));
        await using var store = RecordStore.Open(Path.Combine(_site.File("data"), "record.db"), TimeProvider.System);
        await store.WriteAsync(
            WritePriority.Decision, transaction => EventLog.Append(transaction, Instant.Now(TimeProvider.System), EventKinds.ServerDeaf, null, "", new { }), CancellationToken.None);
    }

    // Five seconds between two steps: time for a start in between; on a busy machine a step may be overtaken.
    private string Yaml() => $$"""
        data: data
        http: {listen: "127.0.0.1:0"}
        mqtt: {listen: "127.0.0.1:0"}
        outbound: {onPremises: [127.0.0.1]}
        alerts:
          webhook: {address: "{{_listener.Address}}", keyFile: key}
          ladders:
            - severity: critical
              repeatMinutes: 0.0834
              steps: [{afterMinutes: 0, who: [first], by: [webhook]}]
        """;

    // A message that was told before may come once more: nobody knew whether it had been taken.
    private async Task<long> NewMessageAsync(long before, bool isAnswered)
    {
        while (true)
        {
            var (alert, context) = await _listener.NextAsync();
            var message = (long)alert["id"]!;
            if (message > before && !isAnswered)
            {
                return message; // The server is killed while it waits for the answer.
            }

            _ = AlertListener.Answer(context);
            if (message > before)
            {
                return message;
            }
        }
    }
}
