"""The question desk."""

from django.urls import path

from evidence.views import question_desk, questions

urlpatterns = [
    path("tanya/", questions.question_list, name="questions"),
    path("tanya/baru/", questions.ask, name="ask"),
    path("tanya/saya/", questions.my_questions, name="my_questions"),
    path("tanya/<int:pk>/", questions.question_page, name="question"),
    path("tanya/<int:pk>/batalkan/", questions.take_back, name="take_back_question"),
    path("kurasi/pertanyaan/", question_desk.queue, name="question_queue"),
    path("kurasi/pertanyaan/<int:pk>/", question_desk.desk, name="question_desk"),
    path("kurasi/pertanyaan/<int:pk>/ambil/", question_desk.take, name="take_question"),
    path("kurasi/pertanyaan/<int:pk>/lepas/", question_desk.release, name="release_question"),
    path("kurasi/pertanyaan/<int:pk>/setujui/", question_desk.approve, name="approve_answer"),
    path("kurasi/pertanyaan/<int:pk>/kembalikan/", question_desk.return_answer, name="return_answer"),
    path("kurasi/pertanyaan/<int:pk>/tolak/", question_desk.decline, name="decline_question"),
    path("kurasi/pertanyaan/<int:pk>/tarik/", question_desk.withdraw, name="withdraw_question"),
    path("kurasi/pertanyaan/<int:pk>/buka/", question_desk.take_up, name="take_up_question"),
]
