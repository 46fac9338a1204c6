using System.Collections.Concurrent;
using ColdChain.Mqtt.Link;

namespace ColdChain.Mqtt.Tests;

/// <summary>Remembers the events of links and endpoints.</summary>
internal sealed class EventLog
{
    private readonly ConcurrentQueue<MqttEvent> events = new();

    public IReadOnlyList<MqttEvent> All => [.. events];

    public void Add(MqttEvent happened) => events.Enqueue(happened);

    public IEnumerable<string> Of(MqttEventKind kind) => events.Where(e => e.Kind == kind).Select(e => e.Text);

    public async Task<string> ExpectAsync(MqttEventKind kind, string part = "")
    {
        bool Fits(MqttEvent e) => e.Kind == kind && e.Text.Contains(part, StringComparison.Ordinal);
        try
        {
            await Patience.UntilAsync(() => events.Any(Fits));
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"No event {kind} with '{part}' in:\n{string.Join('\n', events)}");
        }

        return events.First(Fits).Text;
    }

    /// <summary>Fails the test when the library reports that it did something that it never should.</summary>
    public void ShouldHoldNoFault() => Of(MqttEventKind.Fault).Should().BeEmpty("the library must not fail in unexpected ways");
}
