using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace ColdChain.Server.Dashboard;

/// <summary>
/// Writes Razor components as HTML, and nothing more: no circuits, forms or keys of the framework's interactive part come along.
/// </summary>
internal sealed class PageRenderer(IServiceProvider services, ILoggerFactory loggers)
{
    public async Task<string> RenderAsync<TComponent>(IReadOnlyDictionary<string, object?> parameters)
        where TComponent : IComponent
    {
        await using var renderer = new HtmlRenderer(services, loggers);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var output = await renderer.RenderComponentAsync<TComponent>(ParameterView.FromDictionary(new Dictionary<string, object?>(parameters)));
            return output.ToHtmlString();
        });
    }
}
