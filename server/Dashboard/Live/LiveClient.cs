using System.Net.ServerSentEvents;
using System.Threading.Channels;
using ColdChain.Server.Dashboard.Views;

namespace ColdChain.Server.Dashboard.Live;

/// <summary>One browser that listens. It gets a bounded queue: whoever does not read is dropped, and catches up by coming back.</summary>
internal sealed class LiveClient(PageFrame frame, Sight sight, Func<bool> isStillIn)
{
    private const int QueueMax = 16;

    private readonly Channel<SseItem<string>> _queue = Channel.CreateBounded<SseItem<string>>(new BoundedChannelOptions(QueueMax) { SingleReader = true });

    /// <summary>The frame of the page that it asked from: tiles are written in its language.</summary>
    public PageFrame Frame { get; } = frame;

    /// <summary>Of which sites it is told.</summary>
    public Sight Sight { get; } = sight;

    /// <summary>Whether the session or token counts still by which it was let in.</summary>
    public bool IsStillIn => isStillIn();

    public bool IsDropped { get; private set; }

    public IAsyncEnumerable<SseItem<string>> Messages(CancellationToken cancellation) => _queue.Reader.ReadAllAsync(cancellation);

    public void Send(SseItem<string> message)
    {
        if (!_queue.Writer.TryWrite(message))
        {
            IsDropped = true;
            Close();
        }
    }

    /// <summary>Ends the stream after what is queued.</summary>
    public void Close() => _queue.Writer.TryComplete();
}
