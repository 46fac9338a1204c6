namespace ColdChain.Server.Html;

// The words of the audit trail's page.
public sealed partial class Texts
{
    public string AuditTitle => Text();

    public string AuditExplained => Text();

    public string AuditHead => Text();

    public string AuditWho => Text();

    public string AuditKind => Text();

    public string AuditUnit => Text();

    public string AuditFrom => Text();

    public string AuditTo => Text();

    public string AuditText => Text();

    public string AuditSearch => Text();

    public string AuditAny => Text();

    public string AuditEntry => Text();

    public string AuditDetails => Text();

    public string AuditOlder => Text();

    public string AuditNone => Text();

    public string AuditBeforeTrail => Text();

    public string AuditWrong => Text();

    public string AuditLink => Text();
}
