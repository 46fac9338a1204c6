namespace ColdChain.Mqtt.Transport;

/// <summary>What a failure of the transport says.</summary>
internal static class FailureText
{
    /// <summary>The message, with the innermost cause where that says more: TLS hides its alerts there.</summary>
    public static string Of(Exception failure)
    {
        var cause = failure.GetBaseException().Message;
        return failure.Message.Contains(cause, StringComparison.Ordinal) ? failure.Message : $"{failure.Message} ({cause})";
    }
}
