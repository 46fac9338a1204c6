using System.Buffers;

namespace ColdChain.Tests.Shared;

/// <summary>Bytes in two pieces of memory, as they come from a network.</summary>
public static class TwoPieces
{
    public static ReadOnlySequence<byte> Of(byte[] bytes, int cut)
    {
        var first = new Piece(bytes.AsMemory(0, cut), null);
        var second = new Piece(bytes.AsMemory(cut), first);
        return new ReadOnlySequence<byte>(first, 0, second, second.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is not null)
            {
                before.Next = this;
                RunningIndex = before.RunningIndex + before.Memory.Length;
            }
        }
    }
}
