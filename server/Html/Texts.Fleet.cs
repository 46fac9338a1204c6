namespace ColdChain.Server.Html;

// The words of the page of the fleet.
public sealed partial class Texts
{
    public string FleetTitle => Text();

    public string FleetLink => Text();

    public string FleetInForce => Text();

    public string FleetUnit => Text();

    public string FleetUse => Text();

    public string FleetProbes => Text();

    public string FleetOutOfUse => Text();

    public string FleetPropose => Text();

    public string FleetProposeExplained => Text();

    public string FleetFile => Text();

    public string FleetReason => Text();

    public string FleetProposalNumber => Text();

    public string FleetOutOfDate => Text();

    public string FleetChangesNoUnit => Text();

    public string FleetFrom => Text();

    public string FleetBefore => Text();

    public string FleetAfter => Text();

    public string FleetAlarmsBefore => Text();

    public string FleetAlarmsAfter => Text();

    public string FleetAlarmsExplained => Text();

    public string FleetNoHistory => Text();

    public string FleetMore => Text();

    public string FleetNotThere => Text();

    public string FleetTakenOut => Text();

    public string FleetOwn => Text();

    public string FleetApprove => Text();

    public string FleetRefuse => Text();

    public string FleetTakeBack => Text();
}
