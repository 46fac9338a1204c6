using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using ColdChain.Mqtt.Codec;
using ColdChain.Mqtt.Packets;

namespace ColdChain.Mqtt.Transport;

/// <summary>
/// Packets over a byte stream. Sending puts a packet into a bounded queue; one loop encodes what is queued into a batch, writes it, and
/// only then waits again: under load many packets share a write, and the last one is never left behind.
/// </summary>
internal sealed class PacketStream : IAsyncDisposable
{
    private const int BatchBytes = 16 * 1024;

    private readonly Stream stream;
    private readonly int packetSizeMax;
    private readonly PipeReader reader;
    private readonly Channel<Outgoing> outbound;
    private readonly Task writing;
    private volatile bool closed;

    /// <param name="stream">The bytes; owned from here on.</param>
    /// <param name="packetSizeMax">The largest packet accepted, in bytes.</param>
    /// <param name="outboundMax">The largest number of packets waiting to be written.</param>
    public PacketStream(Stream stream, int packetSizeMax, int outboundMax)
    {
        this.stream = stream;
        this.packetSizeMax = packetSizeMax;
        reader = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true, bufferSize: BatchBytes));
        outbound = Channel.CreateBounded<Outgoing>(new BoundedChannelOptions(outboundMax) { SingleReader = true });
        writing = Task.Run(WriteQueuedAsync);
    }

    /// <summary>True once nothing can be sent any more.</summary>
    public bool IsClosed => closed;

    /// <summary>The next packet, or how the stream ended. One caller at a time.</summary>
    public async ValueTask<Received> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var result = await reader.ReadAsync(cancellation);
                var decoding = PacketDecoder.Decode(result.Buffer, packetSizeMax);
                if (!decoding.NeedsMore)
                {
                    reader.AdvanceTo(result.Buffer.GetPosition(decoding.Consumed));
                    return new Received(decoding.Packet, decoding.Fault);
                }

                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
                if (result.IsCompleted)
                {
                    return Received.End("the other side closed the connection");
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return Received.End($"the connection broke: {FailureText.Of(e)}");
        }
    }

    /// <summary>Queues a packet; false when the queue is full or the stream is closed.</summary>
    public bool TrySend(Packet packet) => outbound.Writer.TryWrite(new Outgoing(packet, null));

    /// <summary>Queues a packet, waiting for room.</summary>
    /// <exception cref="IOException">The stream is closed.</exception>
    public async ValueTask SendAsync(Packet packet, CancellationToken cancellation)
    {
        if (!TrySend(packet))
        {
            await QueueAsync(new Outgoing(packet, null), cancellation);
        }
    }

    /// <summary>Queues a packet and completes when it was written.</summary>
    /// <exception cref="IOException">The stream is closed, or broke before.</exception>
    public async Task WriteAsync(Packet packet, CancellationToken cancellation)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await QueueAsync(new Outgoing(packet, written), cancellation);
        await written.Task.WaitAsync(cancellation);
    }

    /// <summary>Writes what is queued, within a time limit, and closes the stream. Reading must have ended.</summary>
    public async Task CloseAsync(TimeSpan flushTime, TimeProvider time)
    {
        CloseQueue();
        await ((Task)writing.WaitAsync(flushTime, time)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await DisposeAsync();
    }

    /// <summary>Closes the stream at once; what is queued is lost. Reading must have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        CloseQueue();
        await stream.DisposeAsync();
        await writing;
        await reader.CompleteAsync();
    }

    private void CloseQueue()
    {
        closed = true;
        outbound.Writer.TryComplete();
    }

    private async ValueTask QueueAsync(Outgoing outgoing, CancellationToken cancellation)
    {
        try
        {
            await outbound.Writer.WriteAsync(outgoing, cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw new IOException("the connection is closed", e);
        }
    }

    private async Task WriteQueuedAsync()
    {
        var batch = new ArrayBufferWriter<byte>();
        var awaited = new List<TaskCompletionSource>();
        try
        {
            while (await outbound.Reader.WaitToReadAsync())
            {
                FillBatch(batch, awaited);
                await stream.WriteAsync(batch.WrittenMemory);
                batch.ResetWrittenCount();
                awaited.ForEach(written => written.SetResult());
                awaited.Clear();
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            await FailAsync(awaited, e);
        }
    }

    private void FillBatch(ArrayBufferWriter<byte> batch, List<TaskCompletionSource> awaited)
    {
        while (batch.WrittenCount < BatchBytes && outbound.Reader.TryRead(out var outgoing))
        {
            PacketEncoder.Encode(outgoing.Packet, batch);
            if (outgoing.Written is { } written)
            {
                awaited.Add(written);
            }
        }
    }

    // A broken stream is closed, so that its reader notices too; whoever waits for a write is told.
    private async Task FailAsync(List<TaskCompletionSource> awaited, Exception cause)
    {
        CloseQueue();
        await stream.DisposeAsync();
        while (outbound.Reader.TryRead(out var outgoing))
        {
            if (outgoing.Written is { } written)
            {
                awaited.Add(written);
            }
        }

        awaited.ForEach(written => written.SetException(new IOException("the connection broke before the packet was written", cause)));
    }

    private readonly record struct Outgoing(Packet Packet, TaskCompletionSource? Written);
}
