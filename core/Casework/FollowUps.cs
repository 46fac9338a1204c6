namespace ColdChain.Core.Casework;

/// <summary>What became of a blood unit that had left before it was known what it had been exposed to. The words are stored, as those of the steps.</summary>
public static class FollowUps
{
    /// <summary>Whoever had received it was told. It is still to be found.</summary>
    public const string ReceiverInformed = "receiver-informed";

    /// <summary>It came back, or is kept apart where it is.</summary>
    public const string Recalled = "recalled";

    /// <summary>It had been transfused: the patient's physician and haemovigilance go on from here.</summary>
    public const string FoundTransfused = "found-transfused";

    /// <summary>It was found that nothing has to be done; why stands in the note.</summary>
    public const string NoActionNeeded = "no-action-needed";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [ReceiverInformed, Recalled, FoundTransfused, NoActionNeeded];

    /// <summary>True when the search is over with it.</summary>
    /// <param name="followUp">One of <see cref="All"/>.</param>
    public static bool Ends(string followUp) => followUp is Recalled or FoundTransfused or NoActionNeeded;

    /// <summary>True for those that say nothing without a note: who was told, and why nothing has to be done.</summary>
    /// <param name="followUp">One of <see cref="All"/>.</param>
    public static bool NeedsNote(string followUp) => followUp is ReceiverInformed or NoActionNeeded;
}
