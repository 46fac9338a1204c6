namespace ColdChain.Core.Wire;

/// <summary>Acknowledgements and heartbeats as JSON objects. Unknown members are skipped, so that an older reader understands a newer writer.</summary>
public static class ControlCodec
{
    /// <summary>Writes an acknowledgement.</summary>
    public static byte[] EncodeAck(Ack ack) => throw new InvalidOperationException("being written");

    /// <summary>Reads an acknowledgement; false with an error in words when it is none.</summary>
    public static bool TryDecodeAck(ReadOnlySpan<byte> json, out Ack ack, out string error) => throw new InvalidOperationException("being written");

    /// <summary>Writes a heartbeat.</summary>
    public static byte[] EncodeStatus(Status status) => throw new InvalidOperationException("being written");

    /// <summary>Reads a heartbeat; false with an error in words when it is none.</summary>
    public static bool TryDecodeStatus(ReadOnlySpan<byte> json, out Status status, out string error) => throw new InvalidOperationException("being written");
}
