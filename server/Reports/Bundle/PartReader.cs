namespace ColdChain.Server.Reports.Bundle;

/// <summary>Reads a file of a container from its beginning to its end, a piece at a time.</summary>
internal sealed class PartReader(StoredZipReader zip, FoundFile file)
{
    private const int StepLength = 64 * 1024;

    private byte[] _buffer = new byte[StepLength];
    private int _start;
    private int _end;
    private long _at;

    /// <summary>The next bytes, fewer only where the file ends.</summary>
    public ReadOnlySpan<byte> Take(int count)
    {
        while (_end - _start < count && Fill())
        {
        }

        var taken = _buffer.AsSpan(_start, Math.Min(count, _end - _start));
        _start += taken.Length;
        return taken;
    }

    /// <summary>The next line without its end; null after the last. A line that is longer than allowed, or has no end, is the last one and not whole.</summary>
    public (ReadOnlyMemory<byte> Bytes, bool IsWhole)? TakeLine()
    {
        var searched = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + found);
                _start += searched + found + 1;
                return (line, true);
            }

            searched = _end - _start;
            if (searched > BundleLimits.LineMax || !Fill())
            {
                var rest = _buffer.AsMemory(_start, searched);
                (_start, _at) = (_end, file.Length);
                return searched == 0 ? null : (rest, false);
            }
        }
    }

    // Reads on; false at the end. What was not taken yet moves to the front, and the buffer grows only when it is full of that.
    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        if (_end == _buffer.Length)
        {
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }

        var count = _at < file.Length ? zip.Read(file, _at, _buffer.AsSpan(_end)) : 0;
        (_at, _end) = (_at + count, _end + count);
        return count > 0;
    }
}
