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
}
