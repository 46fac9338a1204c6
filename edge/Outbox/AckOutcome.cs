namespace ColdChain.Edge.Outbox;

/// <summary>What the outbox did with an acknowledgement.</summary>
internal enum AckOutcome
{
    /// <summary>It is now what the server is known to hold.</summary>
    Obeyed,

    /// <summary>It comes from another record store than the pinned one: reported, never obeyed.</summary>
    ForeignStore,

    /// <summary>It speaks of another outbox file.</summary>
    OtherEpoch,

    /// <summary>It contradicts this file, which is a copy or cannot be told from one: not obeyed. The file was set aside, and a new epoch has begun.</summary>
    Cloned,

    /// <summary>It contradicts this file and is not obeyed; a new epoch could not begin, or has begun too often.</summary>
    ClonedAndKept,
}
