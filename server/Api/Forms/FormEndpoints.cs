namespace ColdChain.Server.Api.Forms;

/// <summary>The pages with forms.</summary>
internal static class FormEndpoints
{
    public static void MapForms(this IEndpointRouteBuilder routes)
    {
        var forms = routes.MapGroup("").AddEndpointFilter<FormGuard>().ExcludeFromDescription();
        forms.MapSignIn();
        forms.MapAccount();
        forms.MapPeople();
        forms.MapCases();
        forms.MapStock();
        forms.MapScan();
        forms.MapFleet();
        forms.MapReports();
        forms.MapReportFilePages();
        forms.MapAlarms();
        routes.MapAlarmLinks();
    }
}
