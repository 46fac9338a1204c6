namespace ColdChain.Fuzz.Tests.Engine;

/// <summary>A part of the product that takes bytes from outside, with all that must hold whatever the bytes are.</summary>
internal abstract class FuzzTarget
{
    /// <summary>How failures call it.</summary>
    public abstract string Name { get; }

    /// <summary>The folder of its kept inputs, which another target may share.</summary>
    public virtual string Corpus => Name;

    /// <summary>Words of the format, for mutation to put in.</summary>
    public abstract IReadOnlyList<byte[]> Words { get; }

    /// <summary>Inputs that a line of code makes, and that would only be large as files.</summary>
    public virtual IEnumerable<byte[]> Giants => [];

    /// <summary>Mutation makes nothing longer than this, in bytes.</summary>
    public virtual int LengthMax => 16 * 1024;

    /// <summary>
    /// The most that one input may have allocated, in bytes, as far as it is dealt with on the caller's thread: a small input that makes
    /// much of itself is an attack.
    /// </summary>
    public virtual long AllocationMax => 64 * 1024 * 1024;

    /// <summary>Gives one input and answers in words what became of it. Throws when something does not hold.</summary>
    public abstract Task<string> FeedAsync(byte[] input, CancellationToken cancellation);

    /// <summary>Waits until nothing of the inputs before is under way; the level of the heap is measured then.</summary>
    public virtual Task SettleAsync(CancellationToken cancellation) => Task.CompletedTask;
}
