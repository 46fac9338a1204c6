namespace ColdChain.Server.Store;

/// <summary>What <see cref="DeviceCounts"/> counts. They are stored: a name is never changed or used again for something else.</summary>
internal static class CountedAs
{
    /// <summary>A message that cannot be read.</summary>
    public const string MessageUnreadable = "message-unreadable";

    /// <summary>A message on one device's topic that speaks of another.</summary>
    public const string MessageOfAnotherDevice = "message-of-another-device";

    /// <summary>A pack without epoch and seq from a device that is not foreign.</summary>
    public const string MessageUnnumbered = "message-unnumbered";

    /// <summary>A message that a broker kept and delivered again.</summary>
    public const string MessageRetained = "message-retained";

    /// <summary>A message of a device that is not in the fleet.</summary>
    public const string MessageNotEnrolled = "message-not-enrolled";

    /// <summary>A message on which the server's own code failed.</summary>
    public const string MessageServerFault = "message-server-fault";

    /// <summary>A reading measured ahead of the server's clock.</summary>
    public const string ReadingAhead = "reading-ahead";

    /// <summary>A reading ahead of a server's clock for which nobody vouches, each time that it came: the device keeps it.</summary>
    public const string ReadingLeft = "reading-left";

    /// <summary>A reading measured long before its device was supervised.</summary>
    public const string ReadingBeforeSupervision = "reading-before-supervision";

    /// <summary>A reading under the key of another one, with other content.</summary>
    public const string ReadingConflict = "reading-conflict";

    /// <summary>A state under the name of a temperature probe, or a temperature under that of a signal.</summary>
    public const string ReadingOfOtherKind = "reading-of-other-kind";

    /// <summary>A sign that two outboxes of one epoch are about.</summary>
    public const string OutboxCloned = "outbox-cloned";

    /// <summary>A reading that is held already: sent again, or replayed.</summary>
    public const string ReadingRepeated = "reading-repeated";

    /// <summary>A heartbeat whose clock is far from the server's.</summary>
    public const string ClockWrong = "clock-wrong";

    /// <summary>A heartbeat that reports acknowledgements of another record store.</summary>
    public const string ForeignStore = "foreign-store";

    /// <summary>An anchor of a device's clock that lies ahead of the server's clock.</summary>
    public const string AnchorAhead = "anchor-ahead";

    /// <summary>A connection to the server's own endpoint that was refused.</summary>
    public const string ConnectionRefused = "connection-refused";

    /// <summary>A publication or subscription at the server's own endpoint on a topic that is not the device's.</summary>
    public const string TopicRefused = "topic-refused";
}
