"""Addresses of the cadre's desk, beside the admin's own."""

from django.contrib import admin
from django.urls import path

from lukou_market.cadre.changes_views import changes_export, changes_page
from lukou_market.cadre.evidence_views import evidence_page
from lukou_market.cadre.export_views import (
    export_file,
    export_page,
    export_state,
    exports_page,
    report_export,
)
from lukou_market.cadre.import_views import (
    import_apply,
    import_check,
    import_template,
    imports_page,
)
from lukou_market.cadre.notice_views import (
    add_proof_action,
    notice_page,
    notices_page,
    post_notice_action,
    preview_page,
)
from lukou_market.cadre.objection_views import (
    handle_objection_action,
    look_at_objection,
    objection_page,
    objections_page,
)
from lukou_market.cadre.period_views import (
    period_file,
    period_page,
    periods_page,
    prepare_period_action,
    restatement_file,
    sign_period_action,
)
from lukou_market.cadre.project_views import projects_page
from lukou_market.cadre.report_views import report_page
from lukou_market.cadre.screening_views import (
    change_rule_action,
    decide_flag_action,
    flag_page,
    flags_page,
    raise_flag_action,
    rules_page,
)
from lukou_market.cadre.sign_in_pages import end_sign_ins_action, sign_ins_page
from lukou_market.cadre.staff_sign_in import code_step, confirm_page, enrol_step
from lukou_market.cadre.statement_actions import (
    keep_phone_action,
    print_statements_action,
    text_statements_action,
)
from lukou_market.cadre.statement_views import household_statement_page, village_statements_page
from lukou_market.cadre.trace_views import household_trace_page, order_trace_page
from lukou_market.cadre.views import aid_sales_export, aid_sales_page
from lukou_market.cadre.village_report_steps import (
    prepare_village_report,
    return_village_report,
    sign_village_report,
)
from lukou_market.cadre.village_report_views import (
    village_report_lines,
    village_report_page,
    village_reports_page,
)
from lukou_market.kernel.month_in_address import use_months_in_addresses

use_months_in_addresses()

app_name = "cadre"
urlpatterns = [
    path("login/code/", code_step, name="sign-in-code"),
    path("login/enrol/", enrol_step, name="enrol"),
    path("confirm/", admin.site.admin_view(confirm_page), name="confirm-second-factor"),
    path("sign-ins/", admin.site.admin_view(sign_ins_page), name="sign-ins"),
    path("sign-ins/<int:user_id>/", admin.site.admin_view(sign_ins_page), name="sign-ins-of"),
    path(
        "sign-ins/<int:user_id>/end/",
        admin.site.admin_view(end_sign_ins_action),
        name="sign-ins-end",
    ),
    path("aid-sales/", admin.site.admin_view(aid_sales_page), name="aid-sales"),
    path("aid-sales/export/", admin.site.admin_view(aid_sales_export), name="aid-sales-export"),
    path(
        "trace/households/<int:pk>/",
        admin.site.admin_view(household_trace_page),
        name="household-trace",
    ),
    path(
        "statements/households/<int:pk>/",
        admin.site.admin_view(household_statement_page),
        name="household-statement",
    ),
    path(
        "statements/households/<int:pk>/phone/",
        admin.site.admin_view(keep_phone_action),
        name="household-phone",
    ),
    path("statements/", admin.site.admin_view(village_statements_page), name="village-statements"),
    path(
        "statements/print/",
        admin.site.admin_view(print_statements_action),
        name="print-statements",
    ),
    path(
        "statements/texts/",
        admin.site.admin_view(text_statements_action),
        name="text-statements",
    ),
    path(
        "trace/orders/<slug:number>/", admin.site.admin_view(order_trace_page), name="order-trace"
    ),
    path("projects/", admin.site.admin_view(projects_page), name="projects"),
    path("disputes/<int:pk>/evidence/", admin.site.admin_view(evidence_page), name="evidence"),
    path("changes/", admin.site.admin_view(changes_page), name="changes"),
    path("changes/export/", admin.site.admin_view(changes_export), name="changes-export"),
    path("imports/", admin.site.admin_view(imports_page), name="imports"),
    path(
        "imports/<slug:kind>/template/",
        admin.site.admin_view(import_template),
        name="import-template",
    ),
    path("imports/<slug:kind>/check/", admin.site.admin_view(import_check), name="import-check"),
    path("imports/<slug:kind>/apply/", admin.site.admin_view(import_apply), name="import-apply"),
    path("periods/", admin.site.admin_view(periods_page), name="periods"),
    path("periods/<month:month>/", admin.site.admin_view(period_page), name="period"),
    path(
        "periods/<month:month>/prepare/",
        admin.site.admin_view(prepare_period_action),
        name="period-prepare",
    ),
    path(
        "periods/<month:month>/sign/", admin.site.admin_view(sign_period_action), name="period-sign"
    ),
    path("periods/<month:month>/file/", admin.site.admin_view(period_file), name="period-file"),
    path(
        "periods/<month:month>/restatement/",
        admin.site.admin_view(restatement_file),
        name="period-restatement",
    ),
    path("village-reports/", admin.site.admin_view(village_reports_page), name="village-reports"),
    path(
        "village-reports/<slug:village>/<month:month>/",
        admin.site.admin_view(village_report_page),
        name="village-report",
    ),
    path(
        "village-reports/<slug:village>/<month:month>/file/",
        admin.site.admin_view(village_report_lines),
        name="village-report-lines",
    ),
    path(
        "village-reports/<slug:village>/<month:month>/prepare/",
        admin.site.admin_view(prepare_village_report),
        name="village-report-prepare",
    ),
    path(
        "village-reports/<slug:village>/<month:month>/return/",
        admin.site.admin_view(return_village_report),
        name="village-report-return",
    ),
    *(
        path(
            f"village-reports/<slug:village>/<month:month>/{step}/",
            admin.site.admin_view(sign_village_report),
            {"step": step},
            name=f"village-report-{step}",
        )
        for step in ("reviewed", "approved", "published")
    ),
    path("public-notices/", admin.site.admin_view(notices_page), name="notices"),
    path(
        "public-notices/<str:code>/<month:month>/post/",
        admin.site.admin_view(preview_page),
        name="notice-preview",
    ),
    path(
        "public-notices/<str:code>/<month:month>/post/now/",
        admin.site.admin_view(post_notice_action),
        name="notice-post",
    ),
    path("public-notices/<slug:number>/", admin.site.admin_view(notice_page), name="notice"),
    path(
        "public-notices/<slug:number>/proof/",
        admin.site.admin_view(add_proof_action),
        name="notice-proof",
    ),
    path("objections/", admin.site.admin_view(objections_page), name="objections"),
    path("objections/<slug:number>/", admin.site.admin_view(objection_page), name="objection"),
    path(
        "objections/<slug:number>/look/",
        admin.site.admin_view(look_at_objection),
        name="objection-look",
    ),
    path(
        "objections/<slug:number>/handle/",
        admin.site.admin_view(handle_objection_action),
        name="objection-handle",
    ),
    path("screening/", admin.site.admin_view(flags_page), name="screening"),
    path("screening/<int:pk>/", admin.site.admin_view(flag_page), name="screening-flag"),
    path(
        "screening/<int:pk>/decide/",
        admin.site.admin_view(decide_flag_action),
        name="screening-decide",
    ),
    path("screening/raise/", admin.site.admin_view(raise_flag_action), name="screening-raise"),
    path("screening/rules/", admin.site.admin_view(rules_page), name="screening-rules"),
    path(
        "screening/rules/change/",
        admin.site.admin_view(change_rule_action),
        name="screening-rule-change",
    ),
    path("report/<slug:kind>/", admin.site.admin_view(report_page), name="report"),
    path(
        "report/<slug:kind>/<slug:file_format>/",
        admin.site.admin_view(report_export),
        name="report-export",
    ),
    path("exports/", admin.site.admin_view(exports_page), name="exports"),
    path("exports/<int:pk>/", admin.site.admin_view(export_page), name="export"),
    path("exports/<int:pk>/state/", admin.site.admin_view(export_state), name="export-state"),
    path("exports/<int:pk>/file/", admin.site.admin_view(export_file), name="export-file"),
]
